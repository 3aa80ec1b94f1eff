import type { Context } from 'hono'
import type { AddressLimit } from '../limits/index.ts'
import type { AppEnv } from './env.ts'

/** Answers a request. */
export type Handle = (context: Context<AppEnv>) => Response | Promise<Response>

/** Does something before and after whoever answers. A plain function: Hono's chain costs more. */
export type Layer = (answer: Handle) => Handle

/** One endpoint: its handler reads, acts and answers, in that order. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete'
  readonly path: string
  /** A `GET` that changes something: a `HEAD`, which link previews send, is refused. */
  readonly hasEffects?: boolean
  /** Errors are answered as RFC 6749, section 5.2, prescribes. */
  readonly hasOAuthErrors?: boolean
  /** How often an address may ask; absent: as often as it likes. */
  readonly limit?: AddressLimit
  readonly handle: Handle
}
