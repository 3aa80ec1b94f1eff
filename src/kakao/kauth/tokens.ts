import { callKauth } from '../call/call-kauth.ts'
import { omitUndefined, readSeconds, readText, type Unread } from '../call/fields.ts'
import type { KakaoAnswer } from '../call/send.ts'
import { isSuccess } from '../call/status.ts'
import type { CallOptions } from '../client-types.ts'
import type { KakaoContext } from '../context.ts'
import { KAUTH_ENDPOINTS } from '../endpoints/kauth-endpoints.ts'
import { TokenMissingError } from '../errors.ts'
import type { WireTokenResponse } from '../wire.ts'
import type { KakaoCodeGrant, KakaoRefreshedTokens, KakaoTokens } from './token-types.ts'

export async function exchangeCode(
  context: KakaoContext,
  grant: KakaoCodeGrant,
  call?: CallOptions,
): Promise<KakaoTokens> {
  const askedAt = context.now()
  const parameters = {
    ...toClient(context, 'authorization_code'),
    redirect_uri: grant.redirectUri,
    code: grant.code,
    code_verifier: grant.codeVerifier,
  }
  return toTokens(await callKauth(context, KAUTH_ENDPOINTS.token, parameters, call), askedAt)
}

export async function refreshTokens(
  context: KakaoContext,
  refreshToken: string,
  call?: CallOptions,
): Promise<KakaoRefreshedTokens> {
  const askedAt = context.now()
  const parameters = { ...toClient(context, 'refresh_token'), refresh_token: refreshToken }
  const answer = await callKauth(context, KAUTH_ENDPOINTS.token, parameters, call)
  const tokens = toTokens(answer, askedAt)
  return {
    ...tokens,
    refreshToken: tokens.refreshToken ?? refreshToken,
    isRefreshTokenNew: tokens.refreshToken !== undefined && tokens.refreshToken !== refreshToken,
  }
}

/** Kakao reads the client's secret from the body only, never from a Basic header. */
function toClient({ restApiKey, clientSecret }: KakaoContext, grantType: string) {
  return { grant_type: grantType, client_id: restApiKey, client_secret: clientSecret }
}

function toTokens({ status, fields }: KakaoAnswer, askedAt: Date): KakaoTokens {
  const wire: Unread<WireTokenResponse> = fields
  const accessToken = readText(wire.access_token)
  if (accessToken === undefined || !isSuccess(status)) throw new TokenMissingError(status)

  return {
    accessToken,
    expiresAt: after(askedAt, readSeconds(wire.expires_in) ?? 0),
    ...omitUndefined({
      refreshToken: readText(wire.refresh_token),
      refreshTokenExpiresAt: findInstantAfter(askedAt, wire.refresh_token_expires_in),
      idToken: readText(wire.id_token),
      scopes: readText(wire.scope)
        ?.split(/[\s,]+/)
        .filter(Boolean),
    }),
  }
}

function findInstantAfter(start: Date, lifetime: unknown): Date | undefined {
  const seconds = readSeconds(lifetime)
  return seconds === undefined ? undefined : after(start, seconds)
}

function after(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000)
}
