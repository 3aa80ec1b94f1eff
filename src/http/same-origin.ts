import type { Context } from 'hono'
import { ProblemError } from '../errors.ts'
import { readBearer } from './callers.ts'
import type { AppEnv } from './env.ts'

/**
 * Admits a navigation that begins something for whoever is signed in only from a page of ours, or
 * from none: another site could send anybody there.
 *
 * @throws {ProblemError} `cross_site`
 * @see [Fetch Metadata](https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header)
 */
export function checkNotCrossSite(context: Context<AppEnv>): void {
  if (context.req.header('sec-fetch-site') === 'cross-site') throw new ProblemError('cross_site')
}

/**
 * Admits a write that a cookie authenticates only from a page of our own. `SameSite=Lax` alone
 * would let other subdomains through. A bearer token is never sent by itself, so it needs no check.
 *
 * @throws {ProblemError} `cross_site`
 * @see [Fetch Metadata](https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header)
 */
export function checkSameOrigin(context: Context<AppEnv>): void {
  if (readBearer(context) !== undefined) return
  const origin = context.req.header('origin')
  const site = context.req.header('sec-fetch-site') ?? 'same-origin'
  if (origin !== context.get('publicUrl') || site !== 'same-origin') {
    throw new ProblemError('cross_site')
  }
}
