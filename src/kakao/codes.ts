import { findAnswer } from './codes/answers.ts'
import { AUTHORIZE_CODES } from './codes/authorize-codes.ts'
import type { KakaoCodeEntry } from './codes/entry.ts'
import { KAPI_CODES } from './codes/kapi-codes.ts'
import { OTHER_PRODUCT_CODES } from './codes/other-product-codes.ts'
import { PARTNER_CODES } from './codes/partner-codes.ts'
import { TOKEN_CODES } from './codes/token-codes.ts'

/** Every code of kauth and kapi that is known, those of kauth first. */
export const KAKAO_CODES: readonly KakaoCodeEntry[] = [
  ...AUTHORIZE_CODES,
  ...TOKEN_CODES,
  ...OTHER_PRODUCT_CODES,
  ...KAPI_CODES,
  ...PARTNER_CODES,
].map(withAnswer)

const BY_CODE = new Map(KAKAO_CODES.map((entry) => [String(entry.code), entry]))

/**
 * Finds what is known about one of Kakao's error codes.
 *
 * @param code Such as `KOE320` or `-401`; a negative code may be text too.
 */
export function explainKakaoCode(code: string | number): KakaoCodeEntry | undefined {
  return BY_CODE.get(String(code).toUpperCase())
}

function withAnswer(entry: KakaoCodeEntry): KakaoCodeEntry {
  const answer = findAnswer(entry.code)
  return answer === undefined ? entry : { ...entry, answer }
}
