import { KapiError } from '../errors/kapi-error.ts'
import { isAllowedAddress } from '../network.ts'

/** What a request to kapi proves itself with; the scheme in lower case. */
export interface Authorization {
  readonly scheme: string
  readonly credential: string
}

/** Older clients, passport-kakao among them, send the token in the query (RFC 6750, section 2.3). */
export function readAuthorization(request: Request): Authorization {
  const header = request.headers.get('authorization')
  if (header === null) {
    const credential = new URL(request.url).searchParams.get('access_token') ?? ''
    return { scheme: 'bearer', credential }
  }
  const [scheme = '', credential = ''] = header.split(' ')
  return { scheme: scheme.toLowerCase(), credential }
}

/** @throws {KapiError} -401: the app keeps a list of who may call, and this peer is not on it. */
export function checkPeer(
  scheme: 'Bearer' | 'KakaoAK',
  allowedIps: readonly string[] | undefined,
  remoteAddress: string | undefined,
): void {
  if (isAllowedAddress(allowedIps, remoteAddress)) return
  const msg = `ip mismatched! callerIp=${remoteAddress}. check out registered ips.`
  throw new KapiError(-401, { msg, scheme })
}
