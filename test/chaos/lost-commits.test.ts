import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import type { Browser } from '../_support/browser.ts'
import { openStoreAt, POSTGRES } from '../_support/engines.ts'
import { addFigures } from '../_support/figures.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { createReceiver, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { COMMIT, startTcpProxy, type TcpProxy } from '../_support/tcp-proxy.ts'
import {
  askSession,
  beginRelay,
  CALLBACK,
  loginByRelay,
  postForm,
  postJson,
  refresh,
} from '../_support/ways.ts'
import { APP, createWorld, HANEUL, KAKAO, type World } from '../_support/world.ts'
import { ACCOUNT_STATUS, sendWebhook, UNLINK } from '../webhooks/_support/hooked-world.ts'
import type { Place } from './_support/person.ts'
import { prepareWrite } from './_support/writes.ts'

/** How the answer to a COMMIT that has happened gets lost. */
const WAYS = ['cut', 'silent'] as const
type Way = (typeof WAYS)[number]

let lost = 0
afterAll(() => addFigures('Answers to COMMIT lost on their way, PostgreSQL', { lost }))

describe.each(WAYS)('a COMMIT that happens, and a wire that is %s before its answer', (way) => {
  let wire: TcpProxy
  let world: World
  let db: Db
  let receiver: TestReceiver
  let place: Place

  beforeEach(async () => {
    const url = await POSTGRES.createUrl()
    db = (await openStoreAt(url)).db
    wire = await startTcpProxy(url)
    receiver = createReceiver()
    const { environment, elsewhere } = tellTo(receiver)
    // Kakao tells us nothing by itself: its webhooks would have commits of their own.
    world = await createWorld({
      elsewhere,
      environment: {
        ...environment,
        DATABASE_URL: wire.url,
        DATABASE_LISTEN_URL: url,
        KAKAO_ADMIN_KEY: 'demo-admin-key',
        APP_CALLBACK_URLS: APP_CALLBACK,
        // Silence is believed after so long.
        STORE_TIMEOUT: way === 'silent' ? '3s' : '60s',
      },
    })
    const { kakao } = world
    const { fetch: ask } = world.daemun
    place = { origin: APP, ask, authorize: kakao.authorize, kakao, kakaoUrl: KAKAO }
  })
  afterEach(async () => {
    await Promise.all([world.close(), db.destroy()])
    await wire.close()
  })

  /** Does what ends in a COMMIT whose answer nobody hears. */
  async function lose(work: () => Promise<unknown>, text = COMMIT): Promise<void> {
    const isLost = toLoser(way, wire)(text)
    const [answer] = await Promise.all([work(), isLost])
    lost += 1
    if (!(answer instanceof Response)) return
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await readJson(answer)).code).toBe('store_unavailable')
  }

  const count = async (table: 'users' | 'sessions' | 'departed_users' | 'jobs' | 'event_lanes') =>
    (await db.selectFrom(table).selectAll().execute()).length

  const countActions = async (action: string) =>
    (await db.selectFrom('audit_log').select('id').where('action', '=', action).execute()).length

  async function signIn(browser: Browser = world.browser()): Promise<Browser> {
    expect((await login(world, browser, HANEUL)).status).toBe(200)
    return browser
  }

  test('sign-up: the same code again brings the one user and the one session', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await lose(() => browser.get(callback))

    const again = await browser.get(callback)
    expect(again.status).toBe(200)
    expect((await readJson(again)).is_new_user).toBe(true)
    expect((await browser.get('/session/')).status).toBe(200)
    expect([await count('users'), await count('sessions')]).toEqual([1, 1])
  })

  test('refresh: the old token again brings the successor, and nobody is thrown out', async () => {
    const { access_token, refresh_token } = await loginByRelay(world)
    await lose(() => refresh(world, refresh_token))

    const again = await refresh(world, refresh_token)
    expect(again.status).toBe(200)
    const next = String((await readJson(again)).refresh_token)
    expect((await refresh(world, next)).status).toBe(200)
    expect((await askSession(world, access_token)).status).toBe(200)
  })

  test('withdrawal: the member has left, once, at Kakao too', async () => {
    const browser = await signIn()
    await lose(() => browser.delete('/me/'))

    const leaveAgain = async () => (await browser.delete('/me/')).status
    await expect.poll(leaveAgain, { timeout: 10_000 }).toBe(401)
    await world.daemun.work()
    expect([await count('users'), await count('departed_users')]).toEqual([0, 1])
    expect(await countActions('kakao.unlinked')).toBe(1)
  })

  test('account-status webhook: in effect once', async () => {
    await signIn()
    const wanted = { kind: 'account_status', person: HANEUL.id, send: false } as const
    const { token } = await sendWebhook(world, { ...wanted, event: 'sessions-revoked' })
    await lose(() => world.browser().post(ACCOUNT_STATUS, token))

    expect((await world.browser().post(ACCOUNT_STATUS, token)).status).toBe(202)
    expect(await count('sessions')).toBe(0)
    expect(await countActions('kakao.sessions-revoked')).toBe(1)
  })

  test('the end of a delivery: the event arrived once, and the rest in order', async () => {
    await signIn()
    await lose(() => world.daemun.work())

    world.clock.advance(600_000)
    await world.daemun.work()
    const told = receiver.letters.map(({ type }) => type)
    expect(told).toEqual(['user.created', 'user.signed_in'])
    expect(await count('event_lanes')).toBe(0)
  })

  // To wait for silence takes its time, and to these it is the same as a cut.
  if (way === 'cut') {
    test('login: the same code again brings the one session', async () => {
      await signIn()
      const browser = world.browser()
      const callback = await goToKakao(world, browser, HANEUL)
      await lose(() => browser.get(callback))

      expect((await browser.get(callback)).status).toBe(200)
      expect([await count('users'), await count('sessions')]).toEqual([1, 2])
    })

    test('the claim of a code, which is then spent by nobody: the login begins again', async () => {
      const browser = world.browser()
      const callback = await goToKakao(world, browser, HANEUL)
      await lose(() => browser.get(callback), 'login_claims')

      const again = browser.get(callback)
      // Whoever holds the code for longer has died.
      world.clock.advance(600_000)
      expect(await readJson(await again)).toMatchObject({ code: 'login_interrupted', status: 503 })
      expect(await count('users')).toBe(0)
      await signIn()
    })

    test('relay: the same again brings the same tokens', async () => {
      const relay = await beginRelay(world)
      await lose(() => postJson(world, CALLBACK, relay))

      const again = await postJson(world, CALLBACK, relay)
      expect(again.status).toBe(200)
      const { access_token, refresh_token } = await readJson(again)
      expect((await askSession(world, String(access_token))).status).toBe(200)
      expect((await refresh(world, String(refresh_token))).status).toBe(200)
      expect([await count('users'), await count('sessions')]).toEqual([1, 1])
    })

    test('one-time code: it is used up, and so is the session that nobody has', async () => {
      const code = await getOneTimeCode(world)
      await lose(() => exchangeOneTimeCode(world, { code }))

      const again = await exchangeOneTimeCode(world, { code })
      expect([again.status, (await readJson(again)).error]).toEqual([400, 'invalid_grant'])
      expect(await count('sessions')).toBe(1)
      await signIn()
    })

    test('log-out: the session is over, and to log out again is no error', async () => {
      const browser = await signIn()
      const cookies = new Map(browser.cookies)
      await lose(() => browser.post('/logout/'))

      const headers = { cookie: `daemun_session=${cookies.get('daemun_session')}` }
      const look = async () => (await world.browser().get('/session/', headers)).status
      await expect.poll(look, { timeout: 10_000 }).toBe(401)
      expect((await browser.post('/logout/')).status).toBe(200)
      expect(await countActions('session.revoked')).toBe(1)
    })

    test('revocation: the session is over, and to revoke again is no error', async () => {
      const { access_token, refresh_token } = await loginByRelay(world)
      await lose(() => postForm(world, '/oauth/revoke/', { token: refresh_token }))

      const look = async () => (await askSession(world, access_token)).status
      await expect.poll(look, { timeout: 10_000 }).toBe(401)
      expect((await postForm(world, '/oauth/revoke/', { token: refresh_token })).status).toBe(200)
      expect((await refresh(world, refresh_token)).status).toBe(400)
      expect(await countActions('session.revoked')).toBe(1)
    })

    test.each(['a log-out everywhere', 'the end of another session'] as const)(
      '%s: it is in effect',
      async (name) => {
        const { ask, look, after } = await prepareWrite(name, { place, id: HANEUL.id })
        await lose(ask)

        await expect.poll(look, { timeout: 10_000 }).toEqual(after)
      },
    )

    test('the end of a consent: asked for again, it is in effect', async () => {
      const person = { place, id: HANEUL.id }
      const { ask, look, before, after } = await prepareWrite('the end of a consent', person)
      await lose(ask)

      expect(await look()).toBe(before)
      expect((await ask()).status).toBe(200)
      expect(await look()).toBe(after)
    })

    test('unlink webhook: in effect once', async () => {
      const browser = await signIn()
      const query = new URLSearchParams({ app_id: '123456', user_id: HANEUL.id })
      const headers = { authorization: 'KakaoAK demo-admin-key' }
      const send = () => world.browser().get(`${UNLINK}?${query}`, headers)
      await lose(send)

      expect((await send()).status).toBe(200)
      expect((await browser.get('/session/')).status).toBe(401)
      await world.daemun.work()
      expect(await countActions('session.revoked')).toBe(1)
    })

    test('the end of a job: it has happened once', async () => {
      const browser = await signIn()
      await world.daemun.work()
      await browser.delete('/me/')
      await lose(() => world.daemun.work())

      world.clock.advance(600_000)
      await world.daemun.work()
      expect(await countActions('kakao.unlinked')).toBe(1)
      expect(await count('jobs')).toBe(0)
    })
  }
})

function toLoser(way: Way, wire: TcpProxy): (text: string) => Promise<void> {
  return way === 'cut' ? wire.cutAfter : wire.fallSilentAfter
}
