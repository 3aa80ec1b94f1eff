import { CONSOLE } from './console.ts'
import { KAKAO, type KakaoCodeEntry, OPERATOR, VISITOR } from './entry.ts'

/** Codes of kapi that only partners, other APIs or old keys meet. */
export const PARTNER_CODES: readonly KakaoCodeEntry[] = [
  {
    code: -301,
    ...OPERATOR,
    cause: { ko: '없는 앱입니다.', en: 'The app does not exist.' },
    remedy: { ko: '앱 키를 확인하세요.', en: 'Check the app key.' },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY', 'KAKAO_ADMIN_KEY'],
  },
  {
    code: -403,
    ...OPERATOR,
    cause: {
      ko: '카카오가 뜻을 밝히지 않은 거절입니다.',
      en: 'A refusal whose meaning Kakao does not document.',
    },
    remedy: {
      ko: '앱의 권한을 점검하고 데브톡에 문의하세요.',
      en: "Go through the app's permissions, and ask at DevTalk.",
    },
    console: CONSOLE.consentItems,
  },
  {
    code: -405,
    ...VISITOR,
    cause: { ko: '연령 인증이 필요합니다.', en: "The person's age has to be verified." },
    remedy: {
      ko: '본인이 카카오에서 연령 인증을 마쳐야 합니다.',
      en: 'The person has to verify their age with Kakao.',
    },
  },
  ...[-451, -452, -453, -480, -481].map(
    (code): KakaoCodeEntry => ({
      code,
      ...VISITOR,
      cause: {
        ko: '연령 또는 본인 인증이 없거나 앱이 요구하는 수준에 못 미칩니다.',
        en: 'Age or identity is not verified, or not as far as the app demands.',
      },
      remedy: {
        ko: '본인이 카카오에서 인증을 마쳐야 합니다.',
        en: 'The person has to be verified by Kakao.',
      },
    }),
  ),
  {
    code: -501,
    ...VISITOR,
    cause: { ko: '카카오톡을 쓰지 않는 사람입니다.', en: 'The person does not use KakaoTalk.' },
    remedy: {
      ko: '카카오톡에 가입한 뒤 다시 시도해야 합니다.',
      en: 'The person has to join KakaoTalk first.',
    },
  },
  {
    code: -602,
    ...OPERATOR,
    cause: { ko: '이미지 파일이 너무 큽니다.', en: 'An image is too large.' },
    remedy: { ko: '더 작은 이미지를 보내세요.', en: 'Send a smaller one.' },
  },
  {
    code: -603,
    ...KAKAO,
    cause: {
      ko: '카카오가 이미지를 처리하다가 시간을 넘겼습니다.',
      en: 'Kakao took too long over an image.',
    },
    remedy: { ko: '잠시 뒤 다시 시도하세요.', en: 'Try again a little later.' },
  },
  {
    code: -606,
    ...OPERATOR,
    cause: { ko: '이미지가 너무 많습니다.', en: 'There are too many images.' },
    remedy: { ko: '이미지 수를 줄이세요.', en: 'Send fewer.' },
  },
  {
    code: -903,
    ...OPERATOR,
    cause: {
      ko: '등록되지 않은 개발자의 앱 키입니다.',
      en: 'The app key belongs to a developer who is not registered.',
    },
    remedy: { ko: '앱 키를 확인하세요.', en: 'Check the app key.' },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  },
  {
    code: -911,
    ...OPERATOR,
    cause: {
      ko: '지원하지 않는 이미지 형식입니다.',
      en: 'The format of an image is not supported.',
    },
    remedy: { ko: '다른 형식의 이미지를 보내세요.', en: 'Send another format.' },
  },
]
