import type { Context } from 'hono'
import type { AppEnv } from './env.ts'

/** One endpoint: its handler reads, acts and answers, in that order. */
export interface Route {
  readonly method: 'get' | 'post'
  readonly path: string
  handle(context: Context<AppEnv>): Response | Promise<Response>
}
