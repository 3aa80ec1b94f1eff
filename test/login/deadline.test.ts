import { afterEach, describe, expect, test, vi } from 'vitest'
import { login, readJson } from '../_support/login.ts'
import { postJson } from '../_support/ways.ts'
import { createWorld, HANEUL, KAKAO, SOL, type World } from '../_support/world.ts'

const ENVIRONMENT = { KAKAO_TIMEOUT: '7s', KAKAO_APP_ID: '123456' }

afterEach(() => void vi.restoreAllMocks())

describe('all calls to Kakao within one request share one deadline', () => {
  test.each<[string, string, (world: World) => Promise<Response>]>([
    ['a login without OpenID Connect', 'off', (world) => login(world, world.browser(), HANEUL)],
    ['a login whose ID token lacks facts', 'auto', (world) => login(world, world.browser(), SOL)],
    [
      'a native login',
      'auto',
      (world) => postJson(world, '/oauth/kakao/login/native/', { access_token: 'a-token' }),
    ],
  ])('%s', async (_title, KAKAO_OIDC, ask) => {
    const deadline = new AbortController()
    const world = await createWorld({
      environment: { ...ENVIRONMENT, KAKAO_OIDC },
      async intercept(request, send) {
        const { pathname } = new URL(request.url)
        if (pathname === '/v1/user/access_token_info') {
          return Response.json({ id: 1000000001, app_id: 123456, expires_in: 60 })
        }
        // The first call is over; the second would be answered in time, had it one of its own.
        if (pathname === '/v2/user/me') deadline.abort(new DOMException('over', 'TimeoutError'))
        return await send(request)
      },
    })

    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
    const response = await ask(world)
    await world.close()

    expect(timeout.mock.calls).toEqual([[7000]])
    expect(response.status).toBe(503)
    expect(await readJson(response)).toMatchObject({ code: 'kakao_unavailable' })
  })
})

test('taking back a consent and the renewal of the token for it share one deadline', async () => {
  const deadline = new AbortController()
  const world = await createWorld({
    environment: {
      KAKAO_TIMEOUT: '7s',
      KAKAO_REST_API_KEY: 'demo-rest-api-key',
      KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
      KAKAO_KAUTH_URL: KAKAO,
      KAKAO_KAPI_URL: KAKAO,
    },
    async intercept(request, send) {
      const isLast = new URL(request.url).pathname === '/v2/user/revoke/scopes'
      if (isLast) deadline.abort(new DOMException('over', 'TimeoutError'))
      return await send(request)
    },
  })
  const browser = world.browser()
  await login(world, browser, HANEUL)
  world.clock.advance(7 * 3_600_000)
  world.takeCallsToKakao()

  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
  const response = await browser.delete('/me/consents/account_email/')
  const calls = world.takeCallsToKakao()
  await world.close()

  expect(timeout.mock.calls).toEqual([[7000]])
  expect(calls).toEqual(['POST /oauth/token', 'POST /v2/user/revoke/scopes'])
  expect([response.status, (await readJson(response)).code]).toEqual([503, 'kakao_unavailable'])
})

test('a host is not left alone for the time that another one took', async () => {
  let ticks = 0
  let deadline = new AbortController()
  const world = await createWorld({
    environment: { ...ENVIRONMENT, KAKAO_OIDC: 'off' },
    tick: () => ticks,
    async intercept(request, send) {
      const isToken = new URL(request.url).pathname === '/oauth/token'
      ticks += isToken ? 6990 : 10
      if (!isToken) deadline.abort(new DOMException('over', 'TimeoutError'))
      return await send(request)
    },
  })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
    deadline = new AbortController()
    return deadline.signal
  })

  for (let n = 0; n < 6; n += 1) {
    expect((await login(world, world.browser(), HANEUL)).status).toBe(503)
  }
  const { kakao } = await readJson(await world.browser().get('/readyz'))
  await world.close()

  expect(kakao).toEqual({ kauth: 'closed', kapi: 'closed' })
})
