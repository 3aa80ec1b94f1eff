import { readText } from '../call/fields.ts'

/** Hosts that serve Kakao's pictures by http and https alike. */
const KAKAO_HOST = /(^|\.)(kakaocdn\.net|kakao\.com|kakao\.co\.kr|daumcdn\.net)$/

export function findPicture(value: unknown): string | undefined {
  const url = readText(value)
  return url === undefined ? undefined : toSecurePictureUrl(url)
}

/** Kakao may name its pictures by http, which a page on https cannot show. Others stay as they are. */
function toSecurePictureUrl(url: string): string {
  if (!/^http:/i.test(url) || !URL.canParse(url)) return url
  const parsed = new URL(url)
  if (parsed.port !== '' || !KAKAO_HOST.test(parsed.hostname)) return url
  parsed.protocol = 'https:'
  return parsed.href
}
