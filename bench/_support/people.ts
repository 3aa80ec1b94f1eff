/** The people who log in, as the stand-in for Kakao, the store and the generator know them. */

export const APP_KEY = 'bench-rest-api-key'
/** As Kakao says what was agreed to. */
export const CONSENTS = ['account_email', 'profile_nickname'] as const
export const SCOPE = `openid ${CONSENTS.join(' ')}`

const FIRST_KAKAO_ID = 1_000_000_000

/** @param number From 1. */
export function toKakaoId(number: number): string {
  return String(FIRST_KAKAO_ID + number)
}

/** What Kakao tells of them; the store was filled with the same. */
export function toPerson(kakaoId: string): { readonly nickname: string; readonly email: string } {
  return { nickname: `Member ${kakaoId}`, email: `member-${kakaoId}@example.com` }
}

/** An authorization code that holds all that the stand-in needs to answer it. */
export function toCode(kakaoId: string, nonce: string): string {
  return `${kakaoId}.${nonce}`
}

export function readCode(code: string): { readonly kakaoId: string; readonly nonce: string } {
  const [kakaoId = '', nonce = ''] = code.split('.')
  return { kakaoId, nonce }
}
