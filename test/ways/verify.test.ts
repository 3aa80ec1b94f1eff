import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { login, readJson } from '../_support/login.ts'
import { loginByRelay } from '../_support/ways.ts'
import { createWorld, HANEUL, SOL, type World } from '../_support/world.ts'

const VERIFY = '/auth/verify/'
let world: World

beforeEach(async () => {
  world = await createWorld({
    environment: { TRUST_PROXY: '1', APP_ORIGINS: 'https://app.example' },
  })
})
afterEach(() => world.close())

describe('who is signed in is told in headers', () => {
  test('by cookie and by access token', async () => {
    const browser = world.browser()
    const { user } = await readJson(await login(world, browser, HANEUL))
    const { access_token } = await loginByRelay(world)
    const bearer = { authorization: `Bearer ${access_token}` }

    for (const response of [
      await browser.get(VERIFY),
      await world.browser().get('/auth/verify', bearer),
    ]) {
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('x-daemun-user-id')).toBe((user as { id: string }).id)
      expect(response.headers.get('x-daemun-session-id')).toMatch(/^ses_/)
      expect(response.headers.get('x-daemun-social-id')).toBe('kakao_1000000001')
      expect(response.headers.get('x-daemun-user-email')).toBe('haneul@example.com')
      expect(await response.text()).toBe('')
    }
  })

  test('an e-mail is ASCII, and one header, whatever it holds', async () => {
    const email = 'a%b"\r\nx-evil: 1 \u{d55c}\u{ae00}+c@example.com'
    const named = await createWorld({
      async intercept(request, send) {
        const response = await send(request)
        if (new URL(request.url).pathname !== '/v2/user/me') return response
        const me = (await response.json()) as { kakao_account: object }
        return Response.json({ ...me, kakao_account: { ...me.kakao_account, email } })
      },
      environment: { KAKAO_OIDC: 'off' },
    })
    const browser = named.browser()
    await login(named, browser, HANEUL)
    const { headers } = await browser.get(VERIFY)
    await named.close()

    expect(headers.get('x-evil')).toBeNull()
    expect(headers.get('x-daemun-user-email')).toMatch(/^[\x21-\x7e]+$/)
    expect(decodeURIComponent(headers.get('x-daemun-user-email') ?? '')).toBe(email)
  })

  test('an e-mail that is not verified is kept back', async () => {
    const browser = world.browser()
    await login(world, browser, SOL)
    const response = await browser.get(VERIFY)

    expect(response.status).toBe(200)
    expect(response.headers.has('x-daemun-user-email')).toBe(false)
  })
})

describe('nobody is 401', () => {
  const going = {
    accept: 'text/html',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'app.example',
    'x-forwarded-uri': '/reports?year=2026',
  }

  test('to browsers too', async () => {
    const response = await world.browser().get(VERIFY, going)
    expect(response.status).toBe(401)
    expect(response.headers.has('x-daemun-user-id')).toBe(false)
  })

  test('unless the proxy asks for a redirect: then login, and back to where they were', async () => {
    const response = await world.browser().get(`${VERIFY}?redirect=1`, going)

    expect(response.status).toBe(302)
    const location = new URL(response.headers.get('location') ?? '')
    expect(location.origin + location.pathname).toBe('http://localhost:8000/oauth/kakao/login/')
    const next = location.searchParams.get('next') ?? ''
    expect(next).toBe('https://app.example/reports?year=2026')
    const start = await world.browser().get(location)
    expect(start.status).toBe(302)
  })

  test.each([
    ['too long', `/${'x'.repeat(1024)}`],
    ['with a backslash', '/\\evil.example'],
    ['with a space', '/a b'],
  ])('an address %s leads to the front page of its host afterwards', async (_title, uri) => {
    const response = await world
      .browser()
      .get(`${VERIFY}?redirect=1`, { ...going, 'x-forwarded-uri': uri })

    const location = new URL(response.headers.get('location') ?? '')
    expect(location.searchParams.get('next')).toBe('https://app.example/')
    expect((await world.browser().get(location)).status).toBe(302)
  })

  test.each<[string, Record<string, string>]>([
    ['two hosts', { 'x-forwarded-host': 'app.example, evil.example' }],
    ['no host', { 'x-forwarded-host': '' }],
    ['a host with a password', { 'x-forwarded-host': 'evil:x@app.example' }],
    ['a host not listed', { 'x-forwarded-host': 'evil.example' }],
    ['another scheme', { 'x-forwarded-proto': 'http' }],
    ['a host with more behind it', { 'x-forwarded-host': 'app.example@evil.example' }],
    ['a path that is none', { 'x-forwarded-uri': '.evil.example/' }],
    ['a POST', { 'x-forwarded-method': 'POST' }],
    ['a client that is no browser', { accept: 'application/json' }],
  ])('with redirect=1, still 401 for %s', async (_title, change) => {
    const response = await world.browser().get(`${VERIFY}?redirect=1`, { ...going, ...change })
    expect(response.status).toBe(401)
  })

  test.each([
    ['0', 401],
    ['1', 302],
    ['2', 302],
  ])('with TRUST_PROXY=%s the answer to these headers is %i', async (TRUST_PROXY, status) => {
    const environment = { APP_ORIGINS: 'https://app.example', TRUST_PROXY }
    const behind = await createWorld({ environment })
    const response = await behind.browser().get(`${VERIFY}?redirect=1`, going)
    await behind.close()
    expect(response.status).toBe(status)
  })
})
