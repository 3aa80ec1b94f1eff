import { CONSOLE } from './console.ts'
import { KAKAO, type KakaoCodeEntry, OPERATOR, VISITOR } from './entry.ts'

/** Codes in kapi's answers that a login or a call about a user may meet. */
export const KAPI_CODES: readonly KakaoCodeEntry[] = [
  {
    code: -1,
    ...KAKAO,
    cause: {
      ko: '카카오 서버 안의 일시적인 오류입니다.',
      en: "A passing error inside Kakao's servers.",
    },
    remedy: { ko: '잠시 뒤 다시 시도하세요.', en: 'Try again a little later.' },
  },
  {
    code: -2,
    ...OPERATOR,
    cause: {
      ko: '파라미터가 없거나 형식·범위가 틀렸거나, 액세스 토큰의 형식이 틀렸습니다.',
      en: 'A parameter is missing, mistyped or out of range, or the access token is malformed.',
    },
    remedy: {
      ko: '보낸 파라미터와 토큰을 확인하세요.',
      en: 'Check the parameters and the token sent.',
    },
  },
  {
    code: -3,
    ...OPERATOR,
    cause: {
      ko: '켜지 않은 기능이거나, 이 어드민 키에 허용되지 않은 API이거나, 철회할 수 없는 동의항목입니다.',
      en: 'The feature is off, the admin key may not call this API, or the consent item cannot be revoked.',
    },
    remedy: {
      ko: '기능과 동의항목 설정, 어드민 키에 허용한 API를 확인하세요.',
      en: 'Check the feature, the consent items and the APIs allowed to the admin key.',
    },
    console: CONSOLE.login,
    variables: ['KAKAO_ADMIN_KEY'],
  },
  {
    code: -4,
    ...VISITOR,
    cause: {
      ko: '제재된 계정이거나 그 계정에 막힌 동작입니다.',
      en: 'The account is blocked, or may not do this.',
    },
    remedy: {
      ko: '본인이 카카오 고객센터에 문의해야 합니다.',
      en: "The person has to ask Kakao's customer service.",
    },
  },
  {
    code: -5,
    ...OPERATOR,
    cause: { ko: '앱에 이 API의 권한이 없습니다.', en: 'The app has no permission for this API.' },
    remedy: {
      ko: '필요한 권한을 신청하거나 동의항목을 설정하세요.',
      en: 'Apply for the permission, or set up the consent item.',
    },
    console: CONSOLE.consentItems,
  },
  {
    code: -6,
    ...OPERATOR,
    cause: {
      ko: '카카오 서비스 정책이 허용하지 않는 동작입니다.',
      en: 'Kakao does not allow this action.',
    },
    remedy: { ko: '요청한 동작을 확인하세요.', en: 'Check what was asked for.' },
  },
  {
    code: -7,
    ...KAKAO,
    cause: {
      ko: '서비스가 점검 중이거나 내부에 문제가 있습니다.',
      en: 'The service is under maintenance or has an internal problem.',
    },
    remedy: { ko: '잠시 뒤 다시 시도하세요.', en: 'Try again a little later.' },
  },
  {
    code: -8,
    ...OPERATOR,
    cause: { ko: '요청 헤더가 올바르지 않습니다.', en: 'A header of the request is wrong.' },
    remedy: {
      ko: '중간의 프록시가 헤더를 바꾸지 않는지 확인하세요.',
      en: 'See that no proxy in between alters headers.',
    },
  },
  {
    code: -9,
    ...OPERATOR,
    cause: { ko: '종료된 API입니다.', en: 'The API has been discontinued.' },
    remedy: { ko: '새 버전으로 올리세요.', en: 'Move to a newer version.' },
  },
  {
    code: -10,
    ...KAKAO,
    cause: { ko: '호출 한도를 넘었습니다.', en: 'A limit on calls is used up.' },
    remedy: {
      ko: '나중에 다시 시도하고, 되풀이되면 한도를 늘리세요.',
      en: 'Try again later; if it recurs, have the quota raised.',
    },
    console: CONSOLE.general,
  },
  {
    code: -11,
    ...OPERATOR,
    cause: {
      ko: '유료 API의 지출 한도를 넘었습니다.',
      en: 'The spending limit for paid APIs is used up.',
    },
    remedy: { ko: '지출 한도를 늘리세요.', en: 'Raise the spending limit.' },
    console: CONSOLE.general,
  },
  {
    code: -12,
    ...OPERATOR,
    cause: {
      ko: '앱이나 개발자 계정이 제재되었습니다.',
      en: "The app or the developer's account is blocked.",
    },
    remedy: { ko: '카카오에 문의하세요.', en: 'Ask Kakao.' },
    console: CONSOLE.general,
  },
  {
    code: -101,
    ...VISITOR,
    cause: {
      ko: '이 앱에 연결되지 않은 사람입니다.',
      en: 'The person is not linked to this app.',
    },
    remedy: {
      ko: '다시 로그인하세요. 연결 해제 중이라면 이미 끝난 일입니다.',
      en: 'Log in again. When unlinking, it is already done.',
    },
  },
  {
    code: -102,
    ...VISITOR,
    cause: {
      ko: '이미 이 앱에 연결된 사람입니다.',
      en: 'The person is already linked to this app.',
    },
    remedy: { ko: '더 할 일이 없습니다.', en: 'Nothing is left to do.' },
  },
  {
    code: -103,
    ...VISITOR,
    cause: {
      ko: '휴면 상태이거나 없는 카카오계정입니다.',
      en: 'The Kakao Account is dormant or does not exist.',
    },
    remedy: {
      ko: '본인이 카카오계정을 확인해야 합니다.',
      en: 'The person has to see to the Kakao Account.',
    },
  },
  {
    code: -201,
    ...OPERATOR,
    cause: {
      ko: '등록하지 않은 사용자 프로퍼티 키입니다.',
      en: 'A user property is not registered.',
    },
    remedy: { ko: '사용자 프로퍼티를 등록하세요.', en: 'Register the user property.' },
    console: CONSOLE.loginAdvanced,
  },
  {
    code: -401,
    ...VISITOR,
    cause: {
      ko: '토큰이나 앱 키가 유효하지 않거나, 이 서버의 IP가 허용 목록에 없습니다.',
      en: "The token or app key is not valid, or this server's IP address is not allowed.",
    },
    remedy: {
      ko: '다시 로그인하세요. 모두에게 생기면 키와 허용 IP를 확인하세요.',
      en: 'Log in again. If it happens to everyone, check the keys and the allowed IP addresses.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY', 'KAKAO_ADMIN_KEY'],
  },
  {
    code: -402,
    ...VISITOR,
    cause: {
      ko: '필요한 동의항목에 아직 동의하지 않았습니다.',
      en: 'The person has not agreed to a consent item that this needs.',
    },
    remedy: {
      ko: '필요한 항목에 추가 동의를 받으세요.',
      en: 'Ask the person to agree to the items needed.',
    },
    console: CONSOLE.consentItems,
  },
  {
    code: -406,
    ...VISITOR,
    cause: {
      ko: '14세 미만은 쓸 수 없는 앱입니다.',
      en: 'The app does not admit people under 14.',
    },
    remedy: {
      ko: '14세 미만도 쓰는 서비스라면 연령 제한을 확인하세요.',
      en: 'If the service is for them too, check its age restriction.',
    },
    console: CONSOLE.login,
  },
  {
    code: -9798,
    ...KAKAO,
    cause: { ko: '카카오가 점검 중입니다.', en: 'Kakao is under maintenance.' },
    remedy: { ko: '점검이 끝난 뒤 다시 시도하세요.', en: 'Try again when it is over.' },
  },
]
