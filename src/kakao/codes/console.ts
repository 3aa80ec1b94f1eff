/** Places in Kakao's console, as its menus are named since December 2025. */
export const CONSOLE = {
  login: { ko: '[카카오 로그인 > 일반]', en: '[Kakao Login > General]' },
  loginAdvanced: { ko: '[카카오 로그인 > 고급]', en: '[Kakao Login > Advanced]' },
  consentItems: { ko: '[카카오 로그인 > 동의항목]', en: '[Kakao Login > Consent items]' },
  simpleSignup: { ko: '[카카오 로그인 > 간편가입]', en: '[Kakao Login > Simple signup]' },
  platformKey: { ko: '[앱 > 플랫폼 키]', en: '[App > Platform key]' },
  restApiKey: {
    ko: '[앱 > 플랫폼 키 > REST API 키]',
    en: '[App > Platform key > REST API key]',
  },
  adminKey: { ko: '[앱 > 어드민 키]', en: '[App > Admin key]' },
  members: { ko: '[앱 > 멤버]', en: '[App > Members]' },
  general: { ko: '[앱 > 일반]', en: '[App > General]' },
} as const
