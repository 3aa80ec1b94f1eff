import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { goToKakao, login } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

let world: World
let member: Browser

beforeAll(async () => {
  world = await createWorld()
  member = world.browser()
  await login(world, member, HANEUL)
})
afterAll(() => world.close())

/** Answers of every kind: about a user, about nobody, refusals, pages. */
const ANSWERS: [title: string, ask: () => Promise<Response>][] = [
  ['the front page', () => member.get('/')],
  ['a start of a login', () => member.get('/oauth/kakao/login/')],
  ['a login', async () => member.get(await goToKakao(world, member, HANEUL))],
  [
    'a login with next',
    async () => member.get(await goToKakao(world, member, HANEUL, { next: '/' })),
  ],
  ['a refused login', () => member.get('/oauth/kakao/login/callback/?code=a&state=b')],
  [
    'a refused login, as a page',
    () => member.get('/oauth/kakao/login/callback/', { accept: 'text/html' }),
  ],
  ['a relay', () => member.post('/oauth/kakao/login/', '{}', JSON_TYPE)],
  ['a refused relay', () => member.post('/oauth/kakao/login/callback/', '{}', JSON_TYPE)],
  ['a refused native login', () => member.post('/oauth/kakao/login/native/', '{}', JSON_TYPE)],
  ['a refused token', () => member.post('/oauth/token/', new URLSearchParams({ grant_type: 'x' }))],
  ['a revocation', () => member.post('/oauth/revoke/', new URLSearchParams({ token: 'x' }))],
  ['a session', () => member.get('/session/')],
  ['nobody', () => world.browser().get('/session/')],
  ['a list of sessions', () => member.get('/me/sessions/')],
  ['identities', () => member.get('/me/identities/')],
  ['own data', () => member.get('/me/')],
  ['consents', () => member.get('/me/consents/')],
  ['terms', () => member.get('/me/terms/')],
  ['asking for consent', () => member.get('/oauth/kakao/consent/?scope=gender')],
  ['a refused webhook', () => member.get('/webhooks/kakao/unlink/')],
  ['a check by a proxy', () => member.get('/auth/verify/')],
  ['a refused check by a proxy', () => world.browser().get('/auth/verify/')],
  ['a return from a log-out', () => member.get('/oauth/kakao/logout/callback/')],
  ['a log-out', () => world.browser().post('/logout/')],
  [
    'a log-out from elsewhere',
    () => member.post('/logout/', '', { origin: 'https://evil.example' }),
  ],
  ['health', () => member.get('/healthz')],
  ['readiness', () => member.get('/readyz')],
  ['nothing', () => member.get('/nowhere')],
  ['a wrong method', () => member.get('/logout/')],
  ['a query too long', () => member.get(`/?${'x'.repeat(9000)}`)],
  [
    'a body too large',
    () => member.post('/nowhere', 'x'.repeat(70_000), { 'content-length': '70000' }),
  ],
]
const PUBLIC: typeof ANSWERS = [
  ['the key set', () => member.get('/.well-known/jwks.json')],
  ['the metadata', () => member.get('/.well-known/oauth-authorization-server')],
  ['a font', () => member.get('/assets/pretendard-regular.woff2')],
]

describe.each([...ANSWERS, ...PUBLIC])('%s', (_title, ask) => {
  test('is what it says it is, tells other sites nothing, and has a name', async () => {
    const { headers } = await ask()

    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f]{24}$/)
  })
})

test.each(ANSWERS)('%s is not to be stored', async (_title, ask) => {
  expect((await ask()).headers.get('cache-control')).toBe('no-store')
})

test.each(PUBLIC)('%s may be', async (_title, ask) => {
  expect((await ask()).headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
})

test.each(ANSWERS)('%s may not be framed, if it is a page', async (_title, ask) => {
  const { headers } = await ask()
  const isPage = headers.get('content-type')?.startsWith('text/html') ?? false
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy.includes("frame-ancestors 'none'")).toBe(isPage)
})
