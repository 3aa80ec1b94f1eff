import type { CallOptions } from './client-types.ts'
import type { KakaoContext } from './context.ts'
import { TokenMissingError } from './errors.ts'
import { omitUndefined, readSeconds, readText, type Unread } from './fields.ts'
import { isSuccess, type KakaoAnswer, sendToKakao } from './http.ts'
import { findKauthError } from './kauth-error.ts'
import type { WireTokenResponse } from './wire.ts'

export interface KakaoCodeGrant {
  readonly code: string
  readonly redirectUri: string
  /** The PKCE verifier whose challenge the authorization request carried (RFC 7636). */
  readonly codeVerifier?: string
}

/** What Kakao gives for an authorization code. */
export interface KakaoTokens {
  readonly accessToken: string
  /** Of the access token. Where Kakao named no lifetime, the instant of the call. */
  readonly expiresAt: Date
  readonly refreshToken?: string
  readonly refreshTokenExpiresAt?: Date
  readonly idToken?: string
  /** The consent items granted; absent when Kakao did not say. */
  readonly scopes?: readonly string[]
}

export async function exchangeCode(
  context: KakaoContext,
  grant: KakaoCodeGrant,
  call?: CallOptions,
): Promise<KakaoTokens> {
  const askedAt = context.now()
  const answer = await sendToKakao(
    context,
    `${context.kauthUrl}/oauth/token`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: toForm(context, grant).toString(),
    },
    call,
  )

  const error = findKauthError(answer)
  if (error !== undefined) throw error
  return toTokens(answer, askedAt)
}

/** Kakao reads the client's secret from the body only, never from a Basic header. */
function toForm(app: KakaoContext, grant: KakaoCodeGrant): URLSearchParams {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: app.restApiKey,
    redirect_uri: grant.redirectUri,
    code: grant.code,
  })
  if (app.clientSecret) form.append('client_secret', app.clientSecret)
  if (grant.codeVerifier !== undefined) form.append('code_verifier', grant.codeVerifier)
  return form
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
