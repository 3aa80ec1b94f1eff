import type { Context } from 'hono'
import type { RouteEnv } from '../world.ts'

/** Whether a browser asks, which gets a page where others get JSON. */
export function wantsPage(c: Context<RouteEnv>): boolean {
  return (c.req.header('accept') ?? '').includes('text/html')
}
