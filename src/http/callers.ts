import type { Context } from 'hono'
import { ProblemError } from '../errors.ts'
import type { UserLimit } from '../limits/index.ts'
import type { Sessions, SignedIn } from '../sessions/index.ts'
import type { AccessTokens } from '../tokens/index.ts'
import type { AppEnv } from './env.ts'
import type { SessionCookie } from './session-cookie.ts'

export interface CallersDeps {
  readonly sessions: Sessions
  readonly accessTokens: AccessTokens
  readonly sessionCookie: SessionCookie
  readonly limits: UserLimit
}

/** Who sends a request, by access token or by cookie. */
export interface Callers {
  find(context: Context<AppEnv>): Promise<SignedIn | undefined>
  /** @throws {ProblemError} `not_signed_in` */
  get(context: Context<AppEnv>): Promise<SignedIn>
  /**
   * As `get`, for what changes something or leads to Kakao; it counts.
   *
   * @throws {ProblemError} `rate_limited`
   */
  getCounted(context: Context<AppEnv>): Promise<SignedIn>
}

/** A bearer token that is there decides alone: a cookie beside it does not help a bad one. */
export function createCallers(deps: CallersDeps): Callers {
  const { sessions, accessTokens, sessionCookie, limits } = deps

  async function find(context: Context<AppEnv>): Promise<SignedIn | undefined> {
    const bearer = readBearer(context)
    if (bearer !== undefined) {
      const id = await accessTokens.findSessionId(bearer)
      return id === undefined ? undefined : await sessions.findById(id)
    }
    const token = sessionCookie.read(context)
    return token === undefined ? undefined : await sessions.findByCookie(token)
  }

  async function findAndNote(context: Context<AppEnv>): Promise<SignedIn | undefined> {
    const signedIn = await find(context)
    context.set('isSignedIn', signedIn !== undefined)
    return signedIn
  }

  async function get(context: Context<AppEnv>): Promise<SignedIn> {
    const signedIn = await findAndNote(context)
    if (signedIn === undefined) throw new ProblemError('not_signed_in')
    return signedIn
  }

  return {
    find: findAndNote,
    get,
    async getCounted(context) {
      const signedIn = await get(context)
      limits.countUser(signedIn.user.id)
      return signedIn
    },
  }
}

/**
 * RFC 6750, section 2.1. Other schemes are for others: a browser sends a proxy's `Basic` password by
 * itself, so it proves nothing about who asks.
 *
 * @returns The token; empty when it can be none.
 */
export function readBearer(context: Context): string | undefined {
  const header = context.req.header('authorization')
  if (header === undefined || !/^Bearer(?:\s|$)/i.test(header)) return undefined
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1] ?? ''
}
