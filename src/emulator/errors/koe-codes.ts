interface KoeCode {
  /** The OAuth word beside it; Kakao's table has none for most, and `invalid_request` fits best. */
  readonly error: string
  /** HTTP status where it is answered as JSON. */
  readonly status: 400 | 401
  /** Kakao's own wording where it is known. */
  readonly description: string
  /** What went wrong, for the person who set the app up. */
  readonly ko: string
  readonly en: string
}

/** Kakao's OAuth error codes, as far as their meaning is known. */
const KOE_CODES: Readonly<Record<string, KoeCode>> = {
  KOE001: {
    error: 'invalid_request',
    status: 400,
    description: 'malformed request',
    ko: '요청 형식이 올바르지 않습니다.',
    en: 'The request is malformed.',
  },
  KOE002: {
    error: 'invalid_request',
    status: 400,
    description: 'wrong URL',
    ko: '요청 주소가 올바르지 않습니다.',
    en: 'There is nothing at this address.',
  },
  KOE003: {
    error: 'server_error',
    status: 400,
    description: 'temporary failure',
    ko: '일시적인 오류입니다. 잠시 후 다시 시도해 주세요.',
    en: 'A temporary failure. Please try again later.',
  },
  KOE004: {
    error: 'invalid_request',
    status: 400,
    description: 'Kakao Login is not activated',
    ko: '앱의 카카오 로그인 사용 설정이 꺼져 있습니다.',
    en: 'Kakao Login is switched off for this app.',
  },
  KOE005: {
    error: 'invalid_request',
    status: 400,
    description: 'not a member of the test app',
    ko: '테스트 앱의 멤버로 등록되지 않은 사용자입니다.',
    en: 'This person is not a member of the test app.',
  },
  KOE006: {
    error: 'invalid_request',
    status: 400,
    description: 'unregistered redirect_uri',
    ko: '등록하지 않은 리다이렉트 URI입니다.',
    en: 'The redirect URI is not registered under this key.',
  },
  KOE007: {
    error: 'invalid_request',
    status: 400,
    description: 'unregistered logout_redirect_uri',
    ko: '등록하지 않은 로그아웃 리다이렉트 URI입니다.',
    en: 'The logout redirect URI is not registered.',
  },
  KOE008: {
    error: 'invalid_request',
    status: 400,
    description: 'wrong type of app key',
    ko: '이 요청에 맞지 않는 종류의 앱 키입니다.',
    en: 'The app key is of the wrong kind for this request.',
  },
  KOE009: {
    error: 'misconfigured',
    status: 400,
    description: 'invalid android_key_hash or ios_bundle_id or web_site_url',
    ko: '앱에 등록한 플랫폼 정보와 다릅니다.',
    en: 'The platform differs from what is registered for the app.',
  },
  KOE010: {
    error: 'invalid_client',
    status: 401,
    description: 'Bad client credentials',
    ko: '클라이언트 시크릿이 없거나 틀립니다.',
    en: 'The client secret is missing or wrong.',
  },
  KOE101: {
    error: 'invalid_client',
    status: 401,
    description: 'Not exist client_id',
    ko: '존재하지 않거나 종류가 다른 앱 키입니다.',
    en: 'There is no app with this key.',
  },
  KOE102: {
    error: 'invalid_client',
    status: 400,
    description: 'Required PLUS_FRIENDS_ON_AGREEMENT_SUPPORTED permission',
    ko: '앱에 연결된 카카오톡 채널이 없습니다.',
    en: 'The app has no linked KakaoTalk channel.',
  },
  KOE114: {
    error: 'invalid_request',
    status: 400,
    description: 'Application ID mismatch',
    ko: '인가 코드를 받은 앱 키와 다른 앱 키입니다.',
    en: 'The code was issued to another app key.',
  },
  KOE127: {
    error: 'invalid_request',
    status: 400,
    description: 'ip mismatched',
    ko: '허용 목록에 없는 IP 주소입니다.',
    en: 'The call comes from an IP address that is not allowed.',
  },
  KOE201: {
    error: 'invalid_request',
    status: 400,
    description: 'Unsupported response type',
    ko: '지원하지 않는 response_type입니다.',
    en: 'The response_type is not supported.',
  },
  KOE202: {
    error: 'invalid_request',
    status: 400,
    description: 'Unsupported response type: token',
    ko: 'response_type=token은 지원하지 않습니다.',
    en: 'The implicit flow (response_type=token) is not supported.',
  },
  KOE203: {
    error: 'invalid_request',
    status: 400,
    description: 'required consent is missing',
    ko: '필수 동의항목에 동의하지 않았습니다.',
    en: 'A required consent item was not agreed to.',
  },
  KOE204: {
    error: 'invalid_request',
    status: 400,
    description: 'invalid parameter',
    ko: '잘못된 파라미터가 있습니다.',
    en: 'A parameter is invalid.',
  },
  KOE205: {
    error: 'invalid_scope',
    status: 400,
    description: 'unconfigured consent item',
    ko: '앱에 설정하지 않은 동의항목을 요청했습니다.',
    en: 'The scope names a consent item that the app has not configured.',
  },
  KOE207: {
    error: 'invalid_request',
    status: 400,
    description: 'required parameter is missing',
    ko: '필수 파라미터가 빠졌습니다.',
    en: 'A required parameter is missing.',
  },
  KOE216: {
    error: 'invalid_request',
    status: 400,
    description: 'certificate login is not available',
    ko: '인증서 로그인을 사용할 수 없는 앱입니다.',
    en: 'The app may not use certificate login.',
  },
  KOE237: {
    error: 'invalid_request',
    status: 400,
    description: 'token request rate limit exceeded',
    ko: '토큰 발급 횟수를 초과했습니다.',
    en: 'Too many tokens were issued to this person.',
  },
  KOE303: {
    error: 'invalid_grant',
    status: 400,
    description: 'Redirect URI mismatch.',
    ko: '인가 코드를 요청할 때와 다른 리다이렉트 URI입니다.',
    en: 'The redirect URI differs from the one at authorize.',
  },
  KOE310: {
    error: 'invalid_request',
    status: 400,
    description: 'unsupported grant_type',
    ko: '지원하지 않는 grant_type입니다.',
    en: 'The grant_type is not supported.',
  },
  KOE319: {
    error: 'invalid_grant',
    status: 400,
    description: 'refresh_token is missing',
    ko: '리프레시 토큰이 없습니다.',
    en: 'There is no refresh token.',
  },
  KOE320: {
    error: 'invalid_grant',
    status: 400,
    description: 'authorization code not found',
    ko: '이미 사용했거나 만료되었거나 알 수 없는 인가 코드입니다.',
    en: 'The authorization code was used, has expired or is unknown.',
  },
  KOE322: {
    error: 'invalid_grant',
    status: 400,
    description: 'expired_or_invalid_refresh_token',
    ko: '만료되었거나 알 수 없는 리프레시 토큰입니다.',
    en: 'The refresh token has expired or is unknown.',
  },
  KOE400: {
    error: 'invalid_token',
    status: 400,
    description: 'invalid id_token',
    ko: '유효하지 않은 ID 토큰입니다.',
    en: 'The ID token is not valid.',
  },
}

const UNKNOWN: KoeCode = {
  error: 'invalid_request',
  status: 400,
  description: 'request refused',
  ko: '요청을 처리할 수 없습니다.',
  en: 'The request was refused.',
}

/** What is known of a code; one that is not in the table gets the most general answer. */
export function describeKoeCode(code: string): KoeCode {
  return KOE_CODES[code] ?? UNKNOWN
}
