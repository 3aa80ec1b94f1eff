import type { Context, MiddlewareHandler } from 'hono'
import { SeedError } from '../seed/seed-error.ts'
import type { RouteEnv } from '../world.ts'
import { ControlError } from './control-body.ts'

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/i

/**
 * Lets only this machine control the emulator, and no page of another site that happens to be open
 * in a browser on it.
 */
export function guardControl(allowRemote: boolean): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const { remoteAddress } = c.env
    if (!allowRemote && remoteAddress !== undefined && !LOOPBACK.test(remoteAddress)) {
      return c.json({ error: 'loopback_only' }, 403)
    }
    if (c.req.header('sec-fetch-site') === 'cross-site' && c.req.method !== 'GET') {
      return c.json({ error: 'cross_site' }, 403)
    }
    return await next()
  }
}

/** The control surface knows nothing of what was named. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError'
}

/** Turns what a control route throws into an answer. */
export function controlError(error: Error, c: Context<RouteEnv>): Response {
  if (error instanceof ControlError || error instanceof SeedError) {
    return c.json({ error: 'invalid_request', problems: error.problems }, 400)
  }
  if (error instanceof NotFoundError) return c.json({ error: 'not_found' }, 404)
  if (error instanceof RangeError) {
    return c.json({ error: 'invalid_request', problems: [error.message] }, 400)
  }
  throw error
}
