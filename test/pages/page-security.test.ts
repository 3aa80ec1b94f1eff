import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  contentSecurityPolicy,
  homePage,
  problemPage,
  withdrawalPage,
} from '../../src/pages/index.ts'

const URLS = {
  loginUrl: '/login/',
  logoutUrl: '/logout/',
  withdrawUrl: '/me/withdraw/',
  homeUrl: '/',
}
const USER = { nickname: null, email: null, emailVerified: false, socialId: 'kakao_1' }
const PROBLEM = { status: 500, code: 'internal', requestId: 'r1' } as const

const PAGES = {
  'to a guest': homePage({ language: 'ko', ...URLS }),
  'to a member': homePage({ language: 'en', user: USER, ...URLS }),
  'of a withdrawal': withdrawalPage({
    language: 'en',
    action: URLS.withdrawUrl,
    homeUrl: URLS.homeUrl,
    retained: [{ kind: 'consents', until: new Date(0) }],
    rejoinAt: null,
  }),
  'of a problem': problemPage({ language: 'ko', ...PROBLEM, ...URLS }),
}

describe.each(Object.entries(PAGES))('the page %s', (_name, html) => {
  test('has one style, and the policy names its hash', async () => {
    const styles = [...String(await html).matchAll(/<style>([\s\S]*?)<\/style>/g)]
    const hash = createHash('sha256')
      .update(styles[0]?.[1] ?? '')
      .digest('base64')

    expect(styles).toHaveLength(1)
    expect(contentSecurityPolicy).toContain(`style-src 'sha256-${hash}';`)
  })

  test('has nothing that the policy would block', async () => {
    expect(String(await html)).not.toMatch(/<script|\sstyle=|\son[a-z]+=|javascript:/i)
  })
})

test('the policy allows nothing but what the pages need', () => {
  expect(contentSecurityPolicy.replace(/'sha256-[^']+'/, 'HASH').split('; ')).toEqual([
    "default-src 'none'",
    'style-src HASH',
    "font-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ])
})
