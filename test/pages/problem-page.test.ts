import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../src/errors.ts'
import { PROBLEM_TEXTS, type ProblemView, problemPage } from '../../src/pages/index.ts'

const CODES = Object.keys(PROBLEM_TEXTS.en) as ErrorCode[]
const HANGUL = /[가-힣]/

async function render(view: Partial<ProblemView>): Promise<string> {
  const problem = { status: 400, code: 'state_invalid', requestId: 'r1', homeUrl: '/' } as const
  return String(await problemPage({ language: 'ko', ...problem, ...view }))
}

describe.each(CODES)('%s', (code) => {
  test('has a title and a sentence in Korean and in English', () => {
    const { ko, en } = PROBLEM_TEXTS

    expect(ko[code].title).toMatch(HANGUL)
    expect(ko[code].text).toMatch(/[가-힣].*\.$/)
    expect(en[code].title).toMatch(/^[A-Z][\w ]+$/)
    expect(en[code].text).toMatch(/^[A-Z][^가-힣]+\.$/)
  })

  test.each(['ko', 'en'] as const)('is a page in %s that says so', async (language) => {
    const page = await render({ language, code })

    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(`<h1>${PROBLEM_TEXTS[language][code].title}</h1>`)
    expect(page).toContain(`${code} (400)`)
  })
})

test.each(['KOE320', -3, 0])("shows Kakao's code %s and the request id", async (kakaoCode) => {
  const page = await render({ kakaoCode, requestId: 'req-42' })

  expect(page).toContain(`<dt>카카오 오류 코드</dt><dd>${kakaoCode}</dd>`)
  expect(page).toContain('<dd>req-42</dd>')
})

test('has no place for a code that Kakao did not give', async () => {
  expect(await render({})).not.toContain('카카오 오류 코드')
})

test('offers to start again only where that may help, and always the way home', async () => {
  const helps = await render({ loginUrl: '/login/', homeUrl: '/home' })
  const helpsNot = await render({ homeUrl: '/home' })

  expect(helps).toContain('<a class="kakao-button" href="/login/">')
  expect(helpsNot).not.toContain('class="kakao-button"')
  expect(helps).toContain('<a class="button" href="/home">')
  expect(helpsNot).toContain('<a class="button" href="/home">')
})

test('shows markup in a request id as text', async () => {
  const page = await render({ requestId: '<script>alert(1)</script>' })

  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})
