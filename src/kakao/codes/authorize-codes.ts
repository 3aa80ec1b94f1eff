import { CONSOLE } from './console.ts'
import { KAKAO, type KakaoCodeEntry, OPERATOR, VISITOR } from './entry.ts'

/** Codes met on Kakao's own pages, at login and at logout. */
export const AUTHORIZE_CODES: readonly KakaoCodeEntry[] = [
  {
    code: 'KOE001',
    ...OPERATOR,
    cause: { ko: '요청 형식이 올바르지 않습니다.', en: 'The request is malformed.' },
    remedy: {
      ko: '카카오로 보내는 파라미터의 이름과 값을 확인하세요.',
      en: 'Check the names and values of the parameters sent to Kakao.',
    },
  },
  {
    code: 'KOE002',
    ...OPERATOR,
    cause: { ko: '요청한 주소가 없습니다.', en: 'The address asked for does not exist.' },
    remedy: {
      ko: '카카오 인증 서버의 주소를 확인하세요.',
      en: "Check the address of Kakao's authorization server.",
    },
    variables: ['KAKAO_KAUTH_URL'],
  },
  {
    code: 'KOE003',
    ...KAKAO,
    cause: {
      ko: '카카오 인증 서버에 일시적인 문제가 있습니다.',
      en: "Kakao's authorization server has a passing problem.",
    },
    remedy: { ko: '잠시 뒤 다시 로그인하세요.', en: 'Log in again a little later.' },
  },
  {
    code: 'KOE004',
    ...OPERATOR,
    cause: { ko: '앱의 카카오 로그인이 꺼져 있습니다.', en: 'Kakao Login is off for the app.' },
    remedy: { ko: '카카오 로그인 사용을 켜세요.', en: 'Switch Kakao Login on.' },
    console: CONSOLE.login,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE005',
    ...OPERATOR,
    cause: {
      ko: '테스트 앱인데 로그인한 사람이 앱의 멤버가 아닙니다.',
      en: 'The app is a test app, and the person is not one of its members.',
    },
    remedy: {
      ko: '멤버로 등록하거나 테스트 앱이 아닌 앱의 키를 쓰세요.',
      en: 'Add the person as a member, or use the key of an app that is no test app.',
    },
    console: CONSOLE.members,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE006',
    ...OPERATOR,
    cause: {
      ko: '리다이렉트 URI가 이 앱 키에 등록되어 있지 않습니다.',
      en: 'The redirect URI is not registered under this app key.',
    },
    remedy: {
      ko: '설정한 값과 한 글자도 다르지 않게 등록하세요. 끝의 빗금도 같아야 합니다.',
      en: 'Register it letter for letter as configured, the final slash included.',
    },
    console: CONSOLE.restApiKey,
    variables: ['KAKAO_REDIRECT_URI'],
  },
  {
    code: 'KOE007',
    ...OPERATOR,
    cause: {
      ko: '로그아웃 리다이렉트 URI가 등록되어 있지 않습니다.',
      en: 'The logout redirect URI is not registered.',
    },
    remedy: { ko: '설정한 값 그대로 등록하세요.', en: 'Register it exactly as configured.' },
    console: CONSOLE.loginAdvanced,
    variables: ['KAKAO_LOGOUT_REDIRECT_URI'],
  },
  {
    code: 'KOE008',
    ...OPERATOR,
    cause: {
      ko: '이 요청에 쓸 수 없는 종류의 앱 키입니다.',
      en: 'The app key is of a kind that this request cannot use.',
    },
    remedy: {
      ko: '네이티브 앱 키나 JavaScript 키가 아니라 REST API 키를 쓰세요.',
      en: 'Use the REST API key, not the native app key or the JavaScript key.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: 'KOE012',
    ...OPERATOR,
    cause: {
      ko: '카카오가 뜻을 밝히지 않은 코드입니다.',
      en: 'Kakao does not document what this code means.',
    },
    remedy: {
      ko: '앱 키와 카카오 로그인 설정을 점검하고 데브톡에 문의하세요.',
      en: 'Go through the app key and the Kakao Login settings, and ask at DevTalk.',
    },
    console: CONSOLE.login,
  },
  {
    code: 'KOE023',
    ...OPERATOR,
    cause: {
      ko: 'JavaScript SDK의 팝업 로그인을 쓸 수 없는 환경입니다.',
      en: "The JavaScript SDK's login in a popup is impossible here.",
    },
    remedy: {
      ko: '팝업 대신 리다이렉트 방식으로 로그인하세요.',
      en: 'Log in by redirect instead of a popup.',
    },
  },
  {
    code: 'KOE102',
    ...OPERATOR,
    cause: {
      ko: '카카오톡 채널을 요청했지만 앱에 연결된 채널이 없습니다.',
      en: 'A KakaoTalk channel was asked for, but none is linked to the app.',
    },
    remedy: { ko: '앱에 채널을 연결하세요.', en: 'Link the channel to the app.' },
    console: CONSOLE.general,
  },
  {
    code: 'KOE201',
    ...OPERATOR,
    cause: { ko: '지원하지 않는 response_type입니다.', en: 'The response_type is not supported.' },
    remedy: { ko: 'response_type=code로 요청하세요.', en: 'Ask with response_type=code.' },
  },
  {
    code: 'KOE202',
    ...OPERATOR,
    cause: {
      ko: 'response_type=token 방식은 지원하지 않습니다.',
      en: 'The implicit flow, response_type=token, is not supported.',
    },
    remedy: { ko: 'response_type=code로 요청하세요.', en: 'Ask with response_type=code.' },
  },
  {
    code: 'KOE203',
    ...VISITOR,
    cause: {
      ko: '필수 동의항목에 동의하지 않았습니다.',
      en: 'A required consent item was not agreed to.',
    },
    remedy: {
      ko: '다시 로그인하면서 필수 항목에 동의해야 합니다.',
      en: 'The person has to log in again and agree to the required items.',
    },
    console: CONSOLE.consentItems,
  },
  {
    code: 'KOE204',
    ...OPERATOR,
    cause: {
      ko: '허용되지 않는 파라미터가 있습니다.',
      en: 'The request holds a parameter that is not allowed.',
    },
    remedy: { ko: '그 파라미터를 빼세요.', en: 'Leave that parameter out.' },
  },
  {
    code: 'KOE205',
    ...OPERATOR,
    cause: {
      ko: '앱에 설정하지 않은 동의항목을 요청했습니다.',
      en: 'A consent item was asked for that is not set up in the app.',
    },
    remedy: {
      ko: '동의항목을 설정하거나 요청에서 빼세요.',
      en: 'Set the item up, or stop asking for it.',
    },
    console: CONSOLE.consentItems,
    variables: ['KAKAO_SCOPES'],
  },
  {
    code: 'KOE207',
    ...OPERATOR,
    cause: { ko: '필수 파라미터가 빠졌습니다.', en: 'A required parameter is missing.' },
    remedy: {
      ko: '앱 키와 리다이렉트 URI가 비어 있지 않은지 확인하세요.',
      en: 'See that the app key and the redirect URI are not empty.',
    },
    variables: ['KAKAO_REST_API_KEY', 'KAKAO_REDIRECT_URI'],
  },
  {
    code: 'KOE216',
    ...OPERATOR,
    cause: {
      ko: '인증서 로그인(prompt=cert)을 쓸 수 없는 앱입니다.',
      en: 'The app has no certificate login, which prompt=cert asks for.',
    },
    remedy: { ko: 'prompt에서 cert를 빼세요.', en: 'Leave cert out of the prompt.' },
  },
]
