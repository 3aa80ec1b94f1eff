import { describe, expect, test } from 'vitest'
import { explainKakaoCode, KAKAO_CODES } from '../../src/kakao/index.ts'

describe('explainKakaoCode', () => {
  test.each([
    ['KOE010', 'KAKAO_CLIENT_SECRET_KEY'],
    ['KOE101', 'KAKAO_REST_API_KEY'],
    ['KOE006', 'KAKAO_REDIRECT_URI'],
    ['KOE303', 'KAKAO_REDIRECT_URI'],
    ['KOE205', 'KAKAO_SCOPES'],
  ])('%s names the setting to mend: %s', (code, variable) => {
    expect(explainKakaoCode(code)?.variables).toContain(variable)
  })

  test('a code may be a number, text, or in small letters', () => {
    expect(explainKakaoCode(-401)).toBeDefined()
    expect(explainKakaoCode('-401')).toBe(explainKakaoCode(-401))
    expect(explainKakaoCode('koe320')).toBe(explainKakaoCode('KOE320'))
  })

  test.each(['KOE999', 'KOE', '', 0, 401, 'constructor'])('%s is not in it', (code) => {
    expect(explainKakaoCode(code)).toBeUndefined()
  })
})

describe('the catalogue', () => {
  test('holds every code of kauth that Kakao or others have written down', () => {
    const numbers = [
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 23, 25, 26, 27, 28],
      ...[101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 114, 123, 124, 125, 126, 127],
      ...[201, 202, 203, 204, 205, 207, 216, 232, 233, 237, 303, 310, 319, 320, 322, 400],
    ]

    expect(codesOf('string')).toEqual(numbers.map((n) => `KOE${String(n).padStart(3, '0')}`))
  })

  test('holds every code of kapi', () => {
    expect(codesOf('number')).toEqual([
      ...[-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -101, -102, -103, -201, -301],
      ...[-401, -402, -403, -405, -406, -451, -452, -453, -480, -481, -501],
      ...[-602, -603, -606, -903, -911, -9798],
    ])
  })

  test('only what is up to Kakao can be helped by trying again', () => {
    const retryable = KAKAO_CODES.filter((entry) => entry.retryable).map((entry) => entry.code)

    expect(retryable).toEqual(['KOE003', 'KOE237', -1, -7, -10, -9798, -603])
    expect(KAKAO_CODES.filter((entry) => entry.fault === 'kakao')).toHaveLength(retryable.length)
  })

  test.each(KAKAO_CODES)('$code says the same in Korean and in English', (entry) => {
    const { cause, remedy, console: place } = entry
    for (const { ko, en } of [cause, remedy, ...(place ? [place] : [])]) {
      expect(ko).toMatch(/[가-힣]/)
      expect(en).toMatch(/^[\x20-\x7e]+$/)
    }
  })
})

function codesOf(type: 'string' | 'number') {
  const codes = KAKAO_CODES.map((entry) => entry.code).filter((code) => typeof code === type)
  return codes.sort((a, b) => (type === 'string' ? compareText(a, b) : Number(b) - Number(a)))
}

function compareText(a: string | number, b: string | number): number {
  return String(a) < String(b) ? -1 : 1
}
