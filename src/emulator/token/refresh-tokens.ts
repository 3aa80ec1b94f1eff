import type { WireTokenResponse } from '../../kakao/wire.ts'
import { secondsAfter } from '../clock.ts'
import { KauthError } from '../errors/kauth-error.ts'
import type { IssuedToken } from '../state/grants.ts'
import type { World } from '../world.ts'
import type { TokenCall } from './exchange-code.ts'
import { createIdToken, isIdTokenDue } from './id-token.ts'
import { checkTokenLimits, issueAccessToken, issueRefreshToken } from './issue-tokens.ts'

const MONTH_SECONDS = 30 * 24 * 60 * 60

/**
 * `grant_type=refresh_token`. A new refresh token comes only in the last month of the old one.
 *
 * @throws {KauthError} KOE319, 322, 237; checked in this order.
 */
export async function refreshTokens(world: World, call: TokenCall): Promise<WireTokenResponse> {
  const { name, token } = getRefreshToken(world, call)
  const renews = token.expiresAt < secondsAfter(world.clock.now(), MONTH_SECONDS)
  checkTokenLimits(world, token.grant, renews ? ['access', 'refresh'] : ['access'])

  const renewed = renews ? renew(world, name, token) : undefined
  const refreshToken = renewed?.refresh_token ?? name
  const tokens = {
    token_type: 'bearer',
    ...issueAccessToken(world, token.grant, refreshToken, call.issuer),
    ...renewed,
  }
  const idToken = await findRefreshedIdToken(world, call.issuer, token)
  return { ...tokens, ...(idToken !== undefined && { id_token: idToken }) }
}

function getRefreshToken(world: World, { parameters, client }: TokenCall) {
  const name = parameters.get('refresh_token')
  if (name === undefined) throw new KauthError('KOE319')
  const token = world.state.refreshTokens.find(name, world.clock.now())
  if (token === undefined || token.grant.client.key.key !== client.key.key)
    throw new KauthError('KOE322')
  return { name, token }
}

function renew(world: World, name: string, { grant }: IssuedToken) {
  if (world.switches.renewal_ends_old_refresh_token) world.state.refreshTokens.delete(name)
  return issueRefreshToken(world, grant)
}

/** Only where the refresh token itself came with an ID token. */
async function findRefreshedIdToken(world: World, issuer: string, { grant }: IssuedToken) {
  const link = world.state.links.find(grant.client.app.id, grant.personId)
  if (!isIdTokenDue(grant) || link === undefined) return undefined
  const nonce = world.switches.nonce_after_refresh ? grant.nonce : undefined
  return createIdToken(world, { ...grant, nonce }, { issuer, link })
}
