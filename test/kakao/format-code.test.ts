import { expect, test } from 'vitest'
import { explainKakaoCode, formatKakaoCode, KAKAO_CODES } from '../../src/kakao/index.ts'

test('a code in English, a fact a line', () => {
  expect(format('KOE006', 'en')).toBe(
    [
      'KOE006',
      "  Answer: shown on Kakao's own page only",
      '  Cause: The redirect URI is not registered under this app key.',
      '  Remedy: Register it letter for letter as configured, the final slash included.',
      '  Console: [App > Platform key > REST API key]',
      '  Settings: KAKAO_REDIRECT_URI',
      '  Up to: the operator of the service',
      '  Retry: does not help',
    ].join('\n'),
  )
})

test('a code in Korean, without what does not concern it', () => {
  expect(format(-1, 'ko')).toBe(
    [
      '-1',
      '  응답: HTTP 400',
      '  원인: 카카오 서버 안의 일시적인 오류입니다.',
      '  해결: 잠시 뒤 다시 시도하세요.',
      '  조치할 쪽: 카카오',
      '  재시도: 잠시 뒤 다시 하면 될 수 있음',
    ].join('\n'),
  )
})

test.each([
  ['KOE237', 'HTTP 400, HTTP 429, invalid_request'],
  ['KOE205', "invalid_scope, shown on Kakao's own page only"],
  [-9798, 'HTTP 503'],
])('%s tells how it comes', (code, answer) => {
  expect(format(code, 'en')).toContain(`\n  Answer: ${answer}\n`)
})

test.each(KAKAO_CODES)('$code can be written down', (entry) => {
  expect(formatKakaoCode(entry, 'en')).toMatch(/^[\x20-\x7e\n]+$/)
  expect(formatKakaoCode(entry, 'ko')).not.toContain('undefined')
})

function format(code: string | number, language: 'ko' | 'en'): string {
  const entry = explainKakaoCode(code)
  return entry === undefined ? 'unknown' : formatKakaoCode(entry, language)
}
