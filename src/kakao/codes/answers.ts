/** How a code comes to us, as far as anybody has written it down. */
export interface KakaoCodeAnswer {
  /** HTTP statuses it was seen with, the usual one first. */
  readonly statuses?: readonly number[]
  /** The error word of RFC 6749 beside it. */
  readonly error?: string
  /** Only the visitor sees it, on a page of Kakao's: nothing is sent to us. */
  readonly isOnPage?: true
}

const ON_PAGE: KakaoCodeAnswer = { isOnPage: true }
const BAD_REQUEST: KakaoCodeAnswer = { statuses: [400] }
const UNAUTHORIZED: KakaoCodeAnswer = { statuses: [401] }
const FORBIDDEN: KakaoCodeAnswer = { statuses: [403] }
const BAD_GRANT: KakaoCodeAnswer = { statuses: [400], error: 'invalid_grant' }

const KAUTH_ANSWERS: Readonly<Record<string, KakaoCodeAnswer>> = {
  KOE001: ON_PAGE,
  KOE002: ON_PAGE,
  KOE003: { error: 'server_error' },
  KOE004: ON_PAGE,
  KOE005: ON_PAGE,
  KOE006: ON_PAGE,
  KOE007: ON_PAGE,
  KOE008: ON_PAGE,
  KOE009: { statuses: [400], error: 'misconfigured' },
  KOE010: { statuses: [401], error: 'invalid_client' },
  KOE101: { statuses: [401, 400], error: 'invalid_client' },
  KOE102: { error: 'invalid_client' },
  KOE114: { statuses: [400], error: 'invalid_request' },
  KOE201: { error: 'invalid_request' },
  KOE202: { error: 'invalid_request' },
  KOE205: { error: 'invalid_scope', isOnPage: true },
  KOE216: ON_PAGE,
  KOE237: { statuses: [400, 429], error: 'invalid_request' },
  KOE303: BAD_GRANT,
  KOE310: { statuses: [400], error: 'invalid_request' },
  KOE319: BAD_GRANT,
  KOE320: BAD_GRANT,
  KOE322: BAD_GRANT,
  KOE400: { statuses: [400], error: 'invalid_token' },
}

const KAPI_ANSWERS: Readonly<Record<string, KakaoCodeAnswer>> = {
  '-1': BAD_REQUEST,
  '-2': BAD_REQUEST,
  '-3': FORBIDDEN,
  '-4': FORBIDDEN,
  '-5': FORBIDDEN,
  '-6': FORBIDDEN,
  '-7': BAD_REQUEST,
  '-8': BAD_REQUEST,
  '-9': BAD_REQUEST,
  '-10': { statuses: [400, 429] },
  '-11': BAD_REQUEST,
  '-12': FORBIDDEN,
  '-101': BAD_REQUEST,
  '-102': BAD_REQUEST,
  '-103': BAD_REQUEST,
  '-201': BAD_REQUEST,
  '-401': UNAUTHORIZED,
  '-402': FORBIDDEN,
  '-406': UNAUTHORIZED,
  '-501': BAD_REQUEST,
  '-602': BAD_REQUEST,
  '-603': BAD_REQUEST,
  '-606': BAD_REQUEST,
  '-903': BAD_REQUEST,
  '-911': BAD_REQUEST,
  '-9798': { statuses: [503] },
}

export function findAnswer(code: string | number): KakaoCodeAnswer | undefined {
  return KAUTH_ANSWERS[code] ?? KAPI_ANSWERS[code]
}
