import { explainKakaoCode, KAKAO_ENDPOINTS, type KakaoRequestReport } from '../kakao/index.ts'

/** What stands for everything that is in no list. */
export const OTHER = 'other'
export const NONE = 'none'

const ENDPOINTS = new Map(KAKAO_ENDPOINTS.map(({ host, path, name }) => [`${host}${path}`, name]))

/** The endpoint's name in our own list. */
export function toEndpointLabel({
  host,
  endpoint,
}: Pick<KakaoRequestReport, 'host' | 'endpoint'>): string {
  return ENDPOINTS.get(`${host}${endpoint}`) ?? OTHER
}

/** A code of Kakao's as it stands in our own table: whatever else comes in is all one. */
export function toKakaoCodeLabel(code: string | number | undefined): string {
  if (code === undefined) return NONE
  const entry = explainKakaoCode(code)
  return entry === undefined ? OTHER : String(entry.code)
}
