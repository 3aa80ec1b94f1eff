import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readJson } from '../_support/login.ts'
import { createWorld, type World } from '../_support/world.ts'

const LOGIN = '/oauth/kakao/login/'
let world: World

beforeEach(async () => {
  world = await createWorld({ environment: { APP_ORIGINS: 'https://app.example' } })
})
afterEach(() => world.close())

async function authorizeUrl(query = ''): Promise<URL> {
  const response = await world.browser().get(LOGIN + query)
  return new URL(response.headers.get('location') ?? '')
}

test.each([LOGIN, '/oauth/kakao/login'])('GET %s sends the visitor to Kakao', async (path) => {
  const response = await world.browser().get(path)

  expect(response.status).toBe(302)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const url = new URL(response.headers.get('location') ?? '')
  expect(url.origin + url.pathname).toBe('http://localhost:8001/oauth/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'demo-rest-api-key',
    redirect_uri: 'http://localhost:8000/oauth/kakao/login/callback/',
    response_type: 'code',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
})

test('the attempt cookie is out of reach of scripts, short-lived, and tells nothing', async () => {
  const response = await world.browser().get(LOGIN)

  const [cookie = '', ...others] = response.headers.getSetCookie()
  expect(others).toEqual([])
  expect(cookie).toMatch(/^daemun_login_\d=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
  const url = new URL(response.headers.get('location') ?? '')
  expect(cookie).not.toContain(url.searchParams.get('state'))
})

test('on https the cookie is Secure and bound to the host', async () => {
  const https = await createWorld({
    environment: { KAKAO_REDIRECT_URI: 'https://service.example/oauth/kakao/login/callback/' },
  })
  const response = await https.browser().get(LOGIN)
  await https.close()

  expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-daemun_login_.*; Secure/)
})

test('every login has its own state, nonce and challenge', async () => {
  const [one, other] = [await authorizeUrl(), await authorizeUrl()]

  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name))
  }
})

test('the challenge is the SHA-256 of a verifier that never shows', async () => {
  const calls: URLSearchParams[] = []
  const recording = await createWorld({
    async intercept(request, send) {
      if (request.method === 'POST') calls.push(new URLSearchParams(await request.clone().text()))
      return await send(request)
    },
  })
  const browser = recording.browser()
  const start = await browser.get(LOGIN)
  const url = new URL(start.headers.get('location') ?? '')
  await browser.get(await recording.kakao.authorize(url, { id: '1000000001' }))
  await recording.close()

  const verifier = calls[0]?.get('code_verifier') ?? ''
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(
    url.searchParams.get('code_challenge'),
  )
  expect(start.headers.getSetCookie().join()).not.toContain(verifier)
})

test('KAKAO_PKCE=off leaves the challenge out', async () => {
  const plain = await createWorld({ environment: { KAKAO_PKCE: 'off' } })
  const response = await plain.browser().get(LOGIN)
  await plain.close()

  expect(response.headers.get('location')).not.toContain('code_challenge')
})

describe('next', () => {
  test.each([
    '/',
    '/welcome?a=b#c',
    '/한글'.normalize('NFC'),
    'http://localhost:8000/here',
    'https://app.example',
    'https://app.example/deep?x=1',
  ])('may be %s', async (next) => {
    const response = await world
      .browser()
      .get(`${LOGIN}?next=${encodeURIComponent(encodeURI(next))}`)
    expect(response.status).toBe(302)
  })

  test.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/%09/../\n//evil.example',
    'https:evil.example',
    'https:///evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://app.example.evil.example/',
    'https://app.example@evil.example/',
    'https://user:password@app.example/',
    'http://app.example/',
    'https://app.example:8443/',
    'welcome',
    ' /',
    '/ space',
    '/?q="quoted"',
    '/<script>',
    `/${'x'.repeat(1024)}`,
  ])('must not be %j', async (next) => {
    const response = await world.browser().get(`${LOGIN}?next=${encodeURIComponent(next)}`)

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code: 'next_not_allowed' })
    expect(response.headers.getSetCookie()).toEqual([])
  })
})

describe('what passes through to Kakao', () => {
  test('prompt, scope, login_hint and service_terms', async () => {
    const { searchParams } = await authorizeUrl(
      '?prompt=login,select_account&scope=account_email%20gender&login_hint=haneul%40example.com&service_terms=a_1,b.2',
    )

    expect(searchParams.get('prompt')?.split(/[ ,]/)).toEqual(['login', 'select_account'])
    expect(searchParams.get('scope')?.split(/[ ,]/)).toEqual(['openid', 'account_email', 'gender'])
    expect(searchParams.get('login_hint')).toBe('haneul@example.com')
    expect(searchParams.get('service_terms')).toBe('a_1,b.2')
  })

  test.each([
    'prompt=consent',
    'prompt=none,login',
    'scope=a%26b',
    'service_terms=%3Cx%3E',
    `login_hint=${'x'.repeat(257)}`,
    'login_hint=a%0Ab',
    'delivery=token',
  ])('%s is refused', async (query) => {
    const response = await world.browser().get(`${LOGIN}?${query}`)

    expect(response.status).toBe(400)
    const [name = ''] = query.split('=')
    expect(await readJson(response)).toMatchObject({
      code: 'parameter_invalid',
      detail: expect.stringContaining(name),
    })
  })

  test('the same parameter twice is refused', async () => {
    const response = await world.browser().get(`${LOGIN}?next=/a&next=/b`)
    expect(await readJson(response)).toMatchObject({ code: 'duplicate_parameter' })
  })

  test('KAKAO_SCOPES are asked for at every login', async () => {
    const asking = await createWorld({ environment: { KAKAO_SCOPES: 'account_email' } })
    const response = await asking.browser().get(LOGIN)
    await asking.close()

    const url = new URL(response.headers.get('location') ?? '')
    expect(url.searchParams.get('scope')?.split(/[ ,]/)).toEqual(['openid', 'account_email'])
  })
})
