import { expect, test } from 'vitest'
import { type Language, pickLanguage } from '../../src/pages/index.ts'

const CASES: [header: string | undefined, language: Language, why: string][] = [
  [undefined, 'ko', 'no header'],
  ['', 'ko', 'an empty header'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko', 'a Korean browser'],
  ['en-GB,en;q=0.9', 'en', 'an English browser'],
  ['EN', 'en', 'capitals'],
  ['ko;q=0.3, en;q=0.8', 'en', 'a later range of greater weight'],
  ['en;q=0.5,ko;q=0.501', 'ko', 'three decimals'],
  ['en,ko', 'en', 'equal weights in their order'],
  ['fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', 'en', 'a language of ours after others'],
  ['fr,de', 'ko', 'no language of ours'],
  ['*', 'ko', 'any language'],
  ['en;q=0.5, *', 'ko', 'any language other than English'],
  ['ko;q=0.1, *', 'en', 'any language other than Korean'],
  ['ko;q=0', 'en', 'Korean refused'],
  ['ko;q=0, *', 'en', 'Korean refused, any other accepted'],
  ['en;q=0, ko;q=0', 'ko', 'both refused'],
  ['en;q=9, ko;q=0.1', 'ko', 'a weight that cannot be read'],
  ['enm, korean', 'ko', 'languages whose names begin like ours'],
  [';;q=,,=;', 'ko', 'garbage'],
]

test.each(CASES)('%j gives %s: %s', (header, language) => {
  expect(pickLanguage(header)).toBe(language)
})
