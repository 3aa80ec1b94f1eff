import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld({ environment: { APP_ORIGINS: 'https://app.example' } })
})
afterEach(() => world.close())

describe('a problem', () => {
  test('is RFC 9457 JSON, with a stable code and the id of the request', async () => {
    const response = await world.browser().get('/nowhere')

    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await readJson(response)).toEqual({
      type: 'urn:daemun:problem:not_found',
      title: expect.any(String),
      status: 404,
      detail: expect.any(String),
      code: 'not_found',
      request_id: response.headers.get('x-request-id'),
    })
  })

  test.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', 'lang="ko"'],
    ['en-US,en;q=0.9', 'lang="en"'],
  ])('is a page for a browser that prefers %s', async (language, lang) => {
    const response = await world.browser().get('/oauth/kakao/login/callback/?code=a&state=b', {
      accept: 'text/html,*/*',
      'accept-language': language,
    })
    const page = await response.text()

    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page).toContain(lang)
    expect(page).toContain('state_invalid')
    expect(page).toContain('http://localhost:8000/oauth/kakao/login/?next=')
  })

  test.each([
    ['text/html', true],
    ['TEXT/HTML', true],
    ['text/html;q=0.9, application/json;q=0.8', true],
    ['text/html;level=1;q=0.5', true],
    ['application/xhtml+xml, text/html, */*;q=0.8', true],
    ['text/html;q=0', false],
    ['text/html;q=0.000, application/json', false],
    ['text/html;q=0.1, application/json', false],
    ['text/htmlx', false],
    ['*/*', false],
  ])('with Accept: %s is a page: %s', async (accept, isPage) => {
    const response = await world.browser().get('/nowhere', { accept })
    const type = response.headers.get('content-type')
    expect(type).toMatch(isPage ? /^text\/html/ : 'application/problem+json')
  })

  test('leaves one line in the log, without the query', async () => {
    const response = await world.browser().get('/nowhere?secret=1')
    const { request_id } = await readJson(response)

    const lines = world.log.filter((line) => line.request_id === request_id)
    expect(lines).toEqual([
      expect.objectContaining({ level: 'info', code: 'not_found', path: '/nowhere', status: 404 }),
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  test('a query of more than 8 KB: 414', async () => {
    const response = await world.browser().get(`/oauth/kakao/login/?x=${'y'.repeat(8 * 1024)}`)
    expect(response.status).toBe(414)
    expect(await readJson(response)).toMatchObject({ code: 'query_too_long' })
  })

  test('a body of 10 MB: 413, to whatever path', async () => {
    const response = await world
      .browser()
      .post('/nowhere', 'x'.repeat(10_000_000), { 'content-length': '10000000' })
    expect(response.status).toBe(413)
    expect(await readJson(response)).toMatchObject({ code: 'body_too_large' })
  })
})

const FORM = 'application/x-www-form-urlencoded'

test.each([
  ['/logout/', 'application/json'],
  ['/logout/', FORM],
  ['/me/withdraw/', FORM],
  ['/oauth/kakao/login/', 'application/json'],
  ['/oauth/kakao/login/callback/', 'application/json'],
  ['/oauth/kakao/login/native/', 'application/json'],
  ['/oauth/token/', FORM],
  ['/oauth/revoke/', FORM],
  ['/webhooks/kakao/unlink/', FORM],
  ['/webhooks/kakao/account-status/', 'application/secevent+jwt'],
])('a body in chunks to %s of %s is counted while it is read', async (path, type) => {
  const chunk = new Uint8Array(16 * 1024)
  let sent = 0
  const body = new ReadableStream({
    pull(controller) {
      sent += 1
      controller.enqueue(chunk)
    },
  })
  const headers = { origin: 'http://localhost:8000', 'content-type': type }
  const init = { method: 'POST', body, duplex: 'half', headers }
  const response = await world.daemun.fetch(new Request(`http://localhost:8000${path}`, init))

  expect(response.status).toBe(413)
  expect(sent).toBeLessThan(10)
})

test('a request that a framework hands over behind a proxy is read too', async () => {
  const request = new Request('http://localhost:8000/logout/', {
    method: 'POST',
    body: '{"everywhere":false}',
    headers: { origin: 'http://localhost:8000', 'content-type': 'application/json' },
  })
  const proxied = new Proxy(request, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })

  expect((await world.daemun.fetch(proxied)).status).toBe(200)
})

describe('the front page', () => {
  test('shows a guest the way in, and may not be framed or stored', async () => {
    const response = await world.browser().get('/')
    const page = await response.text()

    expect(response.status).toBe(200)
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(page).toContain('http://localhost:8000/oauth/kakao/login/?next=%2F')
  })

  test('shows who is signed in', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const page = await (await browser.get('/')).text()

    expect(page).toContain('김하늘')
    expect(page).toContain('kakao_1000000001')
    expect(page).toContain('haneul@example.com')
  })

  test('tells somebody who cancelled that they did', async () => {
    const guest = await (await world.browser().get('/')).text()
    const cancelled = await (await world.browser().get('/?error=access_denied')).text()
    expect(cancelled.length).toBeGreaterThan(guest.length)
  })
})

describe('CORS', () => {
  const preflight = { 'access-control-request-method': 'GET' }

  test('an origin of APP_ORIGINS is admitted, without credentials', async () => {
    const { headers } = await world.browser().get('/session/', { origin: 'https://app.example' })

    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('vary')?.toLowerCase()).toContain('origin')
  })

  test('so is its preflight', async () => {
    const response = await world.daemun.fetch(
      new Request('http://localhost:8000/session/', {
        method: 'OPTIONS',
        headers: { origin: 'https://app.example', ...preflight },
      }),
    )

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
  })

  test('a problem that it gets can be read too', async () => {
    const response = await world.browser().get('/nowhere', { origin: 'https://app.example' })

    expect(response.status).toBe(404)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example')
  })

  describe.each([
    'https://evil.example',
    'https://app.example.evil.example',
    'https://APP.example',
    'https://app.example, https://app.example',
    'null',
  ])('%s', (origin) => {
    const corsHeaders = ({ headers }: Response) =>
      [...headers.keys()].filter((name) => name.startsWith('access-control'))

    test('gets no CORS header, and caches are told why', async () => {
      const response = await world.browser().get('/session/', { origin })

      expect(corsHeaders(response)).toEqual([])
      expect(response.headers.get('vary')).toContain('origin')
    })

    test('nor does its preflight', async () => {
      const request = { method: 'OPTIONS', headers: { origin, ...preflight } }
      const response = await world.daemun.fetch(
        new Request('http://localhost:8000/session/', request),
      )

      expect(response.status).toBe(405)
      expect(corsHeaders(response)).toEqual([])
    })
  })

  test('the key set is for everybody', async () => {
    for (const origin of ['https://app.example', 'https://elsewhere.example']) {
      const { headers } = await world.browser().get('/.well-known/jwks.json', { origin })
      expect(headers.get('access-control-allow-origin')).toBe('*')
    }
  })
})

test('healthz and readyz answer', async () => {
  expect((await world.browser().get('/healthz')).status).toBe(200)
  expect((await world.browser().get('/readyz/')).status).toBe(200)
})

test('the Korean font is there', async () => {
  const response = await world.browser().get('/assets/pretendard-regular.woff2')
  expect(response.headers.get('content-type')).toBe('font/woff2')
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100_000)
})
