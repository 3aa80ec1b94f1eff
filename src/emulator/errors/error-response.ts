import { stringifyWithLongs } from '../json.ts'
import { errorPage } from '../pages/error-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { KapiError } from './kapi-error.ts'
import type { KauthError } from './kauth-error.ts'

/** A JSON answer in Kakao's dress, the character set in capitals; a `bigint` is a bare number. */
export function kakaoJson(
  body: unknown,
  { status = 200, headers }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(stringifyWithLongs(body), {
    status,
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** An error of kauth as the token endpoint tells it. @param challenge Of a 401, where not empty. */
export function kauthErrorResponse(
  { error, description, koe, status }: KauthError,
  challenge: string,
): Response {
  const asks = status === 401 && challenge !== ''
  return kakaoJson(
    { error, error_description: description, error_code: koe },
    { status, ...(asks && { headers: { 'www-authenticate': challenge } }) },
  )
}

/** The page that names a KOE code, on which a login ends for good. */
export function koePageResponse(
  { koe }: KauthError,
  request: Request,
  status: number,
): Promise<Response> {
  return pageResponse(request, (language) => errorPage(koe, language), status)
}

/** An error of kapi. */
export function kapiErrorResponse({ code, msg, status, scheme, scopes }: KapiError): Response {
  const challenge = { 'www-authenticate': `${scheme} error=invalid_token` }
  return kakaoJson(
    { msg, code, ...scopes },
    { status, ...(code === -401 && { headers: challenge }) },
  )
}
