import { CONSOLE } from './console.ts'
import { type KakaoCodeEntry, OPERATOR } from './entry.ts'

const BUSINESS_AUTHENTICATION = [
  'KOE025',
  'KOE026',
  'KOE027',
  'KOE028',
  'KOE123',
  'KOE124',
  'KOE125',
  'KOE232',
  'KOE233',
].map(
  (code): KakaoCodeEntry => ({
    code,
    ...OPERATOR,
    cause: {
      ko: '카카오 로그인이 아니라 비즈니스 인증의 오류입니다.',
      en: 'An error of business authentication, not of Kakao Login.',
    },
    remedy: {
      ko: '카카오 로그인에 쓰는 앱의 키인지 확인하세요.',
      en: 'See that the key is of the app made for Kakao Login.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  }),
)

const PLUGIN_APPS = [
  'KOE103',
  'KOE104',
  'KOE105',
  'KOE106',
  'KOE107',
  'KOE108',
  'KOE109',
  'KOE110',
].map(
  (code): KakaoCodeEntry => ({
    code,
    ...OPERATOR,
    cause: {
      ko: '카카오 내부 플러그인 앱에만 생기는 오류입니다.',
      en: "An error met only by Kakao's internal plugin apps.",
    },
    remedy: {
      ko: '자신의 앱 키를 쓰고 있는지 확인하세요.',
      en: 'See that the key is of an app of your own.',
    },
    console: CONSOLE.platformKey,
    variables: ['KAKAO_REST_API_KEY'],
  }),
)

/** Codes of Kakao's other products: meeting one here means a key of another kind of app. */
export const OTHER_PRODUCT_CODES: readonly KakaoCodeEntry[] = [
  ...BUSINESS_AUTHENTICATION,
  ...PLUGIN_APPS,
]
