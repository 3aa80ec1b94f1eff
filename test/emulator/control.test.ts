import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  authorizeUrl,
  control,
  get,
  getCode,
  HANEUL,
  koeOf,
  logIn,
  post,
  redeem,
  requestedPaths,
} from './_support/demo-app.ts'

describe('/_emulator/', () => {
  test('is known by another process, and tells no secret', async () => {
    const response = await get(createKakaoEmulator(), '/_emulator/')
    const text = await response.text()

    expect(JSON.parse(text)).toMatchObject({ emulator: 'kakao', apps: [{ app_id: 123456 }] })
    expect(text).not.toContain('demo-client-secret')
  })

  test('is a page for a browser', async () => {
    const kakao = createKakaoEmulator()
    const response = await get(kakao, '/_emulator', { accept: 'text/html,*/*' })
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('haneul@example.com')
  })

  test('lists the people', async () => {
    const response = await get(createKakaoEmulator(), '/_emulator/people')
    const { people } = (await response.json()) as { people: { id: string }[] }
    expect(people.map(({ id }) => id)).toEqual([HANEUL, '1000000002', '1376016924429759228'])
  })

  test.each(['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1', '127.0.0.1.evil.test'])(
    'is closed to %s',
    async (remoteAddress) => {
      const request = new Request('http://localhost:8001/_emulator/journal')
      expect((await createKakaoEmulator().fetch(request, { remoteAddress })).status).toBe(403)
      const open = createKakaoEmulator({ allowRemoteControl: true })
      expect((await open.fetch(request, { remoteAddress })).status).toBe(200)
    },
  )

  test.each([undefined, '127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'is open to %s',
    async (remoteAddress) => {
      const request = new Request('http://localhost:8001/_emulator/journal')
      expect((await createKakaoEmulator().fetch(request, { remoteAddress })).status).toBe(200)
    },
  )

  test('lets other peers load what pages need', async () => {
    const request = new Request('http://localhost:8001/_emulator/page.css')
    const response = await createKakaoEmulator().fetch(request, { remoteAddress: '192.0.2.1' })
    expect(response.status).toBe(200)
  })

  test('is not driven by a page of another site', async () => {
    const kakao = createKakaoEmulator()
    const crossSite = { 'sec-fetch-site': 'cross-site' }
    expect((await post(kakao, '/_emulator/reset', {}, crossSite)).status).toBe(403)
  })

  test('answers 404 for what is not there', async () => {
    expect((await control(createKakaoEmulator(), 'GET', 'nope')).status).toBe(404)
  })

  test.each([
    ['clock', 'not json', 'the body: must be JSON'],
    ['clock', '{}', 'advance_seconds'],
    ['clock', '{"advance_seconds":1e18}', 'between the years'],
    ['clock', '{"advance_seconds":-1e12}', 'between the years'],
    ['faults', '{}', 'does nothing'],
    ['faults', '{"status":99}', 'status'],
    ['faults', '{"staus":500}', 'staus'],
    ['faults', '{"koe":"320"}', 'koe: must look like'],
    ['faults', '{"koe":"KOE320","status":204}', 'has a status without a body'],
    ['faults', '{"times":0,"drop":true}', 'times: must be over 0'],
    ['faults', '{"code":"-1"}', 'code: must be a JSON number'],
    ['webhooks', '{"kind":"unlink"}', 'person: is missing'],
    ['webhooks', '{"kind":"letter","person":"1"}', 'kind: must be unlink or account_status'],
    ['seed', 'people: [{email: a}]', 'people[0].email: must be an e-mail address'],
    ['seed', '{"apps": [', 'the seed is not JSON'],
  ])('answers 400 and what is wrong: %s %s', async (path, body, problem) => {
    const request = new Request(`http://kakao.test/_emulator/${path}`, { method: 'POST', body })
    const response = await createKakaoEmulator().fetch(request)

    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain(problem)
  })
})

describe('the journal', () => {
  test('holds each request with its status and time', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    await get(kakao, '/v2/user/me?secure_resource=true')

    expect(await (await control(kakao, 'GET', 'journal')).json()).toEqual({
      requests: [
        {
          method: 'GET',
          path: '/v2/user/me',
          query: { secure_resource: 'true' },
          status: 401,
          at: '2026-01-01T12:00:00.000Z',
        },
      ],
    })
  })

  test('masks secrets and keeps the rest', async () => {
    const kakao = createKakaoEmulator()
    await get(
      kakao,
      '/cb?code=c0de&client_secret=s3cret&access_token=t0ken&app_key=k3y&state=st4te&a=1&a=2',
    )
    const journal = await (await control(kakao, 'GET', 'journal')).text()

    expect(journal).not.toMatch(/c0de|s3cret|t0ken|k3y/)
    expect(JSON.parse(journal)).toMatchObject({
      requests: [{ query: { code: '***', state: 'st4te', a: ['1', '2'] } }],
    })
  })

  test('leaves out itself and what pages load', async () => {
    const kakao = createKakaoEmulator()
    await control(kakao, 'GET', 'journal')
    await get(kakao, '/_emulator/page.css')
    expect(await requestedPaths(kakao)).toEqual([])
  })

  test('is empty again after DELETE', async () => {
    const kakao = createKakaoEmulator()
    await get(kakao, '/v2/user/me')
    await control(kakao, 'DELETE', 'journal')
    expect(await requestedPaths(kakao)).toEqual([])
  })
})

describe('reset', () => {
  test('forgets links, tokens, sessions and the journal', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const code = await getCode(kakao)
    expect((await control(kakao, 'POST', 'reset')).status).toBe(200)

    expect(await requestedPaths(kakao)).toEqual([])
    expect(await koeOf(await redeem(kakao, code))).toBe('KOE320')
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect((await get(kakao, '/v2/user/me', headers)).status).toBe(401)
    await getCode(kakao)
    expect(await requestedPaths(kakao)).toContain('/account/login')
  })

  test('takes back faults, new people and the moves of the clock', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    await control(kakao, 'POST', 'faults', { status: 503 })
    await control(kakao, 'POST', 'clock', { advance_seconds: 60 })
    await control(kakao, 'POST', 'reset')

    expect(await (await control(kakao, 'GET', 'faults')).json()).toEqual({ faults: [] })
    expect(await (await control(kakao, 'GET', 'clock')).json()).toEqual({ now: NOON.toISOString() })
    expect((await get(kakao, authorizeUrl())).status).toBe(302)
  })
})

describe('the clock', () => {
  test('adds up', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    await control(kakao, 'POST', 'clock', { advance_seconds: 3600 })
    const response = await control(kakao, 'POST', 'clock', { advance_seconds: 0.5 })
    expect(await response.json()).toEqual({ now: '2026-01-01T13:00:00.500Z' })
  })
})
