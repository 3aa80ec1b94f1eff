import { readText } from '../call/fields.ts'

/** Hosts that serve Kakao's pictures by http and https alike. */
const KAKAO_HOST = /(^|\.)(kakaocdn\.net|kakao\.com|kakao\.co\.kr|daumcdn\.net)$/

/**
 * Reads a picture's URL. Kakao may name its own by http, which a page on https cannot show; others
 * stay as they are.
 *
 * @returns `undefined` for what is no http(s) URL: whoever shows it must not be made to run it.
 */
export function findPicture(value: unknown): string | undefined {
  const text = readText(value)
  const url = text === undefined ? null : URL.parse(text)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined
  if (url.port === '' && KAKAO_HOST.test(url.hostname)) url.protocol = 'https:'
  return url.href
}
