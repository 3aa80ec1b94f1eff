import type { WireTokenResponse } from '../../kakao/wire.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { recordAgreement } from '../link/record-agreement.ts'
import type { Parameters } from '../parameters.ts'
import type { Client } from '../state/apps.ts'
import type { AuthorizationCode } from '../state/grants.ts'
import type { World } from '../world.ts'
import { createIdToken, isIdTokenDue } from './id-token.ts'
import { checkTokenLimits, issueAccessToken, issueRefreshToken } from './issue-tokens.ts'
import { verifyChallenge } from './pkce.ts'

/** A token call whose client is known and has proved itself. */
export interface TokenCall {
  readonly parameters: Parameters
  readonly client: Client
  /** Origin the emulator was asked under. */
  readonly issuer: string
}

/**
 * `grant_type=authorization_code`. Only now the person counts as linked to the app.
 *
 * @throws {KauthError} KOE320, 114, 303, the PKCE failure, 237; checked in this order.
 * @see [Kakao: request token](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#request-token)
 */
export async function exchangeCode(world: World, call: TokenCall): Promise<WireTokenResponse> {
  const code = takeCode(world, call)
  const { grant } = code
  const link = recordAgreement(world, code, call.issuer)

  const refresh = issueRefreshToken(world, grant)
  const access = issueAccessToken(world, grant, refresh.refresh_token, call.issuer)
  const scopes = [...link.agreedAt.keys()].sort()
  const tokens = {
    token_type: 'bearer',
    ...access,
    ...refresh,
    scope: (isIdTokenDue(grant) ? ['openid', ...scopes] : scopes).join(' '),
  }
  if (!isIdTokenDue(grant)) return tokens
  return { ...tokens, id_token: await createIdToken(world, grant, { issuer: call.issuer, link }) }
}

/** Checks first and takes then, without a pause between: of two calls at once one finds nothing. */
function takeCode(world: World, { parameters, client }: TokenCall): AuthorizationCode {
  const { codes } = world.state
  const name = parameters.get('code')
  const code = name === undefined ? undefined : codes.find(name, world.clock.now())
  if (name === undefined || code === undefined) {
    const description = `authorization code not found for code=${name ?? 'null'}`
    throw new KauthError('KOE320', { description })
  }

  if (code.grant.client.key.key !== client.key.key) throw new KauthError('KOE114')
  if (code.redirectUri !== parameters.get('redirect_uri')) throw new KauthError('KOE303')
  verifyChallenge(world, code.challenge, parameters.get('code_verifier'))
  checkTokenLimits(world, code.grant, ['access', 'refresh'])
  codes.delete(name)
  return code
}
