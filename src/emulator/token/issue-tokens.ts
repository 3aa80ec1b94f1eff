import { secondsAfter } from '../clock.ts'
import { KauthError } from '../errors/kauth-error.ts'
import type { ClientKey } from '../state/apps.ts'
import type { Grant } from '../state/grants.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world.ts'

/** Seconds that an access token lives, one short of the round number as seen at Kakao. */
const ACCESS_TOKEN_SECONDS = {
  rest: 21599,
  native: 43199,
  javascript: 7199,
} as const satisfies Record<ClientKey['kind'], number>

const REFRESH_TOKEN_SECONDS = 5183999

/** Seconds that the tokens of a grant live: access token and ID token alike. */
export function accessTokenSeconds({ client }: Grant): number {
  return ACCESS_TOKEN_SECONDS[client.key.kind]
}

/** @throws {KauthError} KOE237: the person was issued too many tokens of one of these kinds. */
export function checkTokenLimits(
  { state, switches, clock }: World,
  grant: Grant,
  kinds: readonly ('access' | 'refresh')[],
): void {
  if (!switches.token_limits) return
  const now = clock.now()
  if (kinds.every((kind) => state.issueLog.allows(grant, kind, now))) return
  throw new KauthError('KOE237', { status: switches.too_many_tokens_status })
}

/**
 * Issues an access token and tells the app's webhook; the result is its part of the answer.
 *
 * @param refreshToken The one it comes with, or comes from.
 */
export function issueAccessToken(world: World, grant: Grant, refreshToken: string, issuer: string) {
  const expires_in = accessTokenSeconds(grant)
  const access_token = world.newSecret()
  const now = world.clock.now()
  const expiresAt = secondsAfter(now, expires_in)
  world.state.accessTokens.set(access_token, { grant, refreshToken, expiresAt }, now)
  world.state.issueLog.add(grant, 'access', now)
  const { client, personId } = grant
  announce(world, { app: client.app, personId, issuer, name: 'token-issued' })
  return { access_token, expires_in }
}

/** Issues a refresh token; the result is its part of the answer. */
export function issueRefreshToken(world: World, grant: Grant) {
  const refresh_token = world.newSecret()
  const now = world.clock.now()
  const expiresAt = secondsAfter(now, REFRESH_TOKEN_SECONDS)
  world.state.refreshTokens.set(refresh_token, { grant, expiresAt }, now)
  world.state.issueLog.add(grant, 'refresh', now)
  return { refresh_token, refresh_token_expires_in: REFRESH_TOKEN_SECONDS }
}
