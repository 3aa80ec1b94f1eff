import { CONSOLE } from './console.ts'
import { KAKAO, type KakaoCodeEntry, OPERATOR, VISITOR } from './entry.ts'

/** Codes in kauth's answers to token requests. */
export const TOKEN_CODES: readonly KakaoCodeEntry[] = [
  {
    code: 'KOE009',
    ...OPERATOR,
    cause: {
      ko: '등록된 플랫폼 정보(키 해시, 번들 ID, 웹 도메인)와 요청이 다릅니다.',
      en: 'The request does not match the registered key hash, bundle id or web domain.',
    },
    remedy: {
      ko: '앱 키에 플랫폼 정보를 등록하세요.',
      en: 'Register the platform under the app key.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE010',
    ...OPERATOR,
    cause: {
      ko: '클라이언트 시크릿이 없거나 틀렸습니다. 새 REST API 키는 시크릿이 켜져 있습니다.',
      en: 'The client secret is missing or wrong. New REST API keys have it switched on.',
    },
    remedy: {
      ko: 'REST API 키의 클라이언트 시크릿을 그대로 설정하세요.',
      en: 'Configure the client secret that stands under the REST API key.',
    },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_CLIENT_SECRET_KEY'],
  },
  {
    code: 'KOE101',
    ...OPERATOR,
    cause: {
      ko: '없는 앱 키이거나 다른 종류의 앱 키입니다.',
      en: 'The app key does not exist, or is of another kind.',
    },
    remedy: { ko: 'REST API 키를 확인하세요.', en: 'Check the REST API key.' },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE114',
    ...OPERATOR,
    cause: {
      ko: '인가 코드를 받은 앱 키와 토큰을 요청한 앱 키가 다릅니다.',
      en: 'The code was issued to another app key than the one redeeming it.',
    },
    remedy: {
      ko: '로그인과 토큰 요청에 같은 REST API 키를 쓰세요. JavaScript 키로 받은 코드는 쓸 수 없습니다.',
      en: 'Use the same REST API key in both steps. A code for the JavaScript key will not do.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE126',
    ...OPERATOR,
    cause: {
      ko: '카카오가 뜻을 밝히지 않은 설정 오류입니다.',
      en: 'A configuration error whose meaning Kakao does not document.',
    },
    remedy: {
      ko: 'REST API 키의 설정을 점검하고 데브톡에 문의하세요.',
      en: 'Go through the settings of the REST API key, and ask at DevTalk.',
    },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE127',
    ...OPERATOR,
    cause: {
      ko: '이 서버의 IP가 허용 목록에 없습니다.',
      en: "This server's IP address is not on the list of allowed ones.",
    },
    remedy: {
      ko: '서버가 밖으로 나갈 때 쓰는 IP를 허용 목록에 넣으세요.',
      en: 'Add the address that the server goes out with.',
    },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE237',
    ...KAKAO,
    cause: {
      ko: '이 사람에게 짧은 시간에 너무 많은 토큰을 발급했습니다.',
      en: 'Too many tokens were issued to this person in a short time.',
    },
    remedy: {
      ko: '10분쯤 뒤 다시 로그인하세요. 되풀이되면 코드를 두 번 보내는 곳을 찾으세요.',
      en: 'Log in again in some ten minutes. If it recurs, look for what sends codes twice.',
    },
  },
  {
    code: 'KOE303',
    ...VISITOR,
    cause: {
      ko: '로그인할 때와 토큰을 받을 때의 리다이렉트 URI가 다릅니다.',
      en: 'The redirect URI is not the one that the login began with.',
    },
    remedy: {
      ko: '다시 로그인하세요. 모두에게 생기면 리다이렉트 URI 설정을 확인하세요.',
      en: 'Log in again. If it happens to everyone, check the configured redirect URI.',
    },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_REDIRECT_URI'],
  },
  {
    code: 'KOE310',
    ...OPERATOR,
    cause: { ko: '지원하지 않는 grant_type입니다.', en: 'The grant_type is not supported.' },
    remedy: {
      ko: 'authorization_code나 refresh_token으로 요청하세요.',
      en: 'Ask with authorization_code or refresh_token.',
    },
  },
  {
    code: 'KOE319',
    ...VISITOR,
    cause: {
      ko: '리프레시 토큰 없이 토큰 갱신을 요청했습니다.',
      en: 'A renewal was asked for without a refresh token.',
    },
    remedy: { ko: '다시 로그인하세요.', en: 'Log in again.' },
  },
  {
    code: 'KOE320',
    ...VISITOR,
    cause: {
      ko: '인가 코드가 이미 쓰였거나, 만료되었거나, 없는 코드입니다.',
      en: 'The authorization code has been used, has expired, or never existed.',
    },
    remedy: {
      ko: '처음부터 다시 로그인하세요. 같은 코드를 다시 보내면 안 됩니다.',
      en: 'Log in again from the start. The same code must not be sent again.',
    },
  },
  {
    code: 'KOE322',
    ...VISITOR,
    cause: {
      ko: '리프레시 토큰이 만료되었거나 없는 토큰입니다.',
      en: 'The refresh token has expired or never existed.',
    },
    remedy: { ko: '다시 로그인하세요.', en: 'Log in again.' },
  },
  {
    code: 'KOE400',
    ...VISITOR,
    cause: { ko: 'ID 토큰이 유효하지 않습니다.', en: 'The ID token is not valid.' },
    remedy: { ko: '다시 로그인하세요.', en: 'Log in again.' },
  },
]
