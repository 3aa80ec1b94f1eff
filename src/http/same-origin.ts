import { createMiddleware } from 'hono/factory'
import { ProblemError } from '../errors.ts'
import type { AppEnv } from './env.ts'

/**
 * Admits a write that a cookie authenticates only from a page of our own. `SameSite=Lax` alone
 * would let other subdomains through.
 *
 * @see [Fetch Metadata](https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header)
 */
export function requireSameOrigin() {
  return createMiddleware<AppEnv>(async (context, next) => {
    const origin = context.req.header('origin')
    const site = context.req.header('sec-fetch-site') ?? 'same-origin'
    if (origin !== context.get('publicUrl') || site !== 'same-origin') {
      throw new ProblemError('cross_site')
    }
    await next()
  })
}
