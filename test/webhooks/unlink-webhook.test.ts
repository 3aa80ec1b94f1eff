import { afterEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { createHookedWorld, sendWebhook, UNLINK, unlinkAtKakao } from './_support/hooked-world.ts'

const DAY = 86_400_000
const DETACH = { environment: { ON_UNLINK: 'detach' } }

describe.each(ENGINES)('the unlink webhook on $name', (engine) => {
  let world: World
  afterEach(() => world.close())

  async function open(options: Parameters<typeof createHookedWorld>[1] = {}): Promise<void> {
    world = await createHookedWorld(engine, options)
  }

  async function signIn(browser: Browser = world.browser()) {
    const { user } = await readJson(await login(world, browser, HANEUL))
    return { browser, user: user as { id: string } }
  }

  const statusOf = async (browser: Browser) => (await browser.get('/session/')).status

  /** As Kakao sends it. */
  async function send(fields: Record<string, string>, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: 'KakaoAK demo-admin-key' }
    const body = new URLSearchParams(fields)
    const url = `http://localhost:8000${UNLINK}`
    return await world.daemun.fetch(new Request(url, { method: 'POST', headers, body, ...init }))
  }

  test('ends the sessions at once, and then the user', async () => {
    await open()
    const { browser, user } = await signIn()

    await unlinkAtKakao(world, HANEUL)
    expect(await statusOf(browser)).toBe(401)
    await world.daemun.work()

    const again = await signIn()
    expect(again.user.id).not.toBe(user.id)
  })

  test('with detach, the user stays without what came from Kakao, and can come back', async () => {
    await open(DETACH)
    const { user } = await signIn()

    await unlinkAtKakao(world, HANEUL)
    await world.daemun.work()
    world.clock.advance(1000)
    const { browser, user: again } = await signIn()

    expect(again.id).toBe(user.id)
    const { consents } = await readJson(await browser.get('/me/consents/'))
    expect(consents).toContainEqual(
      expect.objectContaining({
        id: 'account_email',
        history: [
          expect.objectContaining({ agreed: true, path: 'login' }),
          expect.objectContaining({ agreed: false, path: 'webhook' }),
          expect.objectContaining({ agreed: true, path: 'login' }),
        ],
      }),
    )
  })

  test('with detach, what came from Kakao is erased, once, in whichever ways Kakao tells', async () => {
    const url = await createDurableUrl(engine)
    await open({ environment: { ...DETACH.environment, DATABASE_URL: url } })
    await signIn()

    await unlinkAtKakao(world, HANEUL)
    await world.daemun.work()

    const { db } = await openStoreAt(url)
    const users = await db.selectFrom('users').selectAll().execute()
    const lines = db.selectFrom('audit_log').select('id').where('action', '=', 'identity.unlinked')
    const told = await lines.execute()
    await db.destroy()
    expect(users).toMatchObject([{ nickname: null, picture: null, email: null, email_verified: 0 }])
    expect(told).toHaveLength(1)
  })

  test.each(['ACCOUNT_DELETE', 'FORCED_ACCOUNT_DELETE'])(
    'an account that is deleted withdraws even then: %s',
    async (reason) => {
      await open(DETACH)
      const { user } = await signIn()

      await unlinkAtKakao(world, HANEUL, reason)
      await world.daemun.work()

      expect((await signIn()).user.id).not.toBe(user.id)
    },
  )

  test("Kakao's test tool ends sessions, and nothing else of who is still linked", async () => {
    await open()
    const { browser, user } = await signIn()

    const { deliveries } = await sendWebhook(world, { kind: 'unlink', person: HANEUL.id })
    expect(deliveries).toMatchObject([{ status: 200 }])
    expect(await statusOf(browser)).toBe(401)
    await world.daemun.work()

    expect((await signIn()).user.id).toBe(user.id)
  })

  test('who has signed in again meanwhile is left alone', async () => {
    await open()
    const { browser, user } = await signIn()
    await sendWebhook(world, { kind: 'unlink', person: HANEUL.id })
    world.clock.advance(1000)
    await signIn(browser)
    await world.daemun.work()

    expect(await statusOf(browser)).toBe(200)
    expect((await signIn()).user.id).toBe(user.id)
  })

  test('while Kakao is away the word is kept, and asked about for days', async () => {
    let isAway = false
    await open({
      intercept: async (request, forward) =>
        isAway ? new Response('<h1>down</h1>', { status: 503 }) : await forward(request),
    })
    const { user } = await signIn()
    isAway = true
    await unlinkAtKakao(world, HANEUL)
    for (let hour = 0; hour < 24; hour += 1) {
      await world.daemun.work().catch(() => {})
      world.clock.advance(DAY / 24)
    }
    isAway = false
    await world.daemun.work()

    expect((await signIn()).user.id).not.toBe(user.id)
  })

  test.each([-101, -103])('%i of Kakao, when asked, says that the link is gone', async (code) => {
    await open({
      intercept: async (request, forward) =>
        request.url.includes('/v2/user/me') &&
        request.headers.get('authorization')?.startsWith('KakaoAK')
          ? Response.json({ msg: 'gone', code }, { status: 400 })
          : await forward(request),
    })
    const { user } = await signIn()

    await send({ app_id: '123456', user_id: HANEUL.id })
    await world.daemun.work()

    expect((await signIn()).user.id).not.toBe(user.id)
  })

  test('takes back the codes that would begin further sessions', async () => {
    await open({ environment: { APP_CALLBACK_URLS: APP_CALLBACK } })
    const code = await getOneTimeCode(world)

    await send({ app_id: '123456', user_id: HANEUL.id })

    const answer = await exchangeOneTimeCode(world, { code, redirect_uri: APP_CALLBACK })
    expect(answer.status).toBe(400)
    expect(await readJson(answer)).toMatchObject({ code: 'grant_invalid' })
  })

  describe('where Kakao, when asked, refuses to tell', () => {
    /** @returns What it says from now on to the admin key, with the code of a refusal. */
    async function openRefusing(): Promise<(code: number | undefined, status?: number) => void> {
      let refusal: Response | undefined
      await open({
        intercept: async (request, forward) =>
          refusal !== undefined &&
          request.url.includes('/v2/user/me') &&
          request.headers.get('authorization')?.startsWith('KakaoAK')
            ? refusal.clone()
            : await forward(request),
      })
      return (code, status = 403) => {
        refusal = code === undefined ? undefined : Response.json({ msg: 'no', code }, { status })
      }
    }

    const countFailedChecks = () => world.log.filter(({ job }) => job === 'check-link').length

    test.each([-3, -4, -5, -6, -9, -12, -401, -406, -77777])(
      'and would again, the webhook is believed: %i',
      async (code) => {
        const refuse = await openRefusing()
        const { user } = await signIn()
        refuse(code)

        await unlinkAtKakao(world, HANEUL)
        await world.daemun.work()

        expect(countFailedChecks()).toBe(0)
        expect((await signIn()).user.id).not.toBe(user.id)
      },
    )

    test.each([
      [-1, 400],
      [-7, 400],
      [-10, 400],
      [-9798, 503],
    ])('and may tell later, it is asked again: %i', async (code, status) => {
      const refuse = await openRefusing()
      const { user } = await signIn()
      refuse(code, status)
      await sendWebhook(world, { kind: 'unlink', person: HANEUL.id })
      await world.daemun.work()
      expect(countFailedChecks()).toBe(1)

      refuse(undefined)
      world.clock.advance(10_000)
      await world.daemun.work()

      expect(countFailedChecks()).toBe(1)
      expect((await signIn()).user.id).toBe(user.id)
    })
  })

  test('is taken by GET too, and with any of our admin keys', async () => {
    await open({ environment: { KAKAO_ADMIN_KEY: 'demo-admin-key,the-older-one' } })
    const { browser } = await signIn()
    const query = new URLSearchParams({ app_id: '123456', user_id: HANEUL.id })

    const response = await world.daemun.fetch(
      new Request(`http://localhost:8000${UNLINK}?${query}`, {
        headers: { authorization: 'KakaoAK the-older-one' },
      }),
    )

    expect(response.status).toBe(200)
    expect(await statusOf(browser)).toBe(401)
  })

  test.each([
    ['no key', {}, { headers: {} }, 401, 'webhook_unauthorized'],
    [
      'another key',
      {},
      { headers: { authorization: 'KakaoAK another' } },
      401,
      'webhook_unauthorized',
    ],
    ['another app', { app_id: '654321' }, {}, 400, 'parameter_invalid'],
    ['no user', { user_id: '' }, {}, 400, 'parameter_invalid'],
  ])('with %s it is refused and does nothing', async (_what, change, init, status, code) => {
    await open()
    const { browser } = await signIn()
    const fields = { app_id: '123456', user_id: HANEUL.id, ...change }

    const response = await send(fields, init)

    expect(response.status).toBe(status)
    expect(await readJson(response)).toMatchObject({ code })
    expect(await statusOf(browser)).toBe(200)
  })

  test('that comes while its user withdraws finds one withdrawal, whoever is first', async () => {
    const url = await createDurableUrl(engine)
    await open({ environment: { DATABASE_URL: url } })
    const { browser, user } = await signIn()

    const [left, told] = await Promise.all([
      browser.delete('/me/'),
      send({ app_id: '123456', user_id: HANEUL.id, referrer_type: 'UNLINK_FROM_APPS' }),
    ])
    await world.daemun.work()

    expect(told.status).toBe(200)
    // Whose session the webhook ended first has to sign in again to leave.
    expect([200, 401]).toContain(left.status)
    const { db } = await openStoreAt(url)
    const departed = await db.selectFrom('departed_users').select('id').execute()
    const jobs = await db.selectFrom('jobs').select('kind').execute()
    await db.destroy()
    expect(departed).toEqual(left.status === 200 ? [{ id: user.id }] : [])
    expect(jobs).toEqual([])
  })

  test('about a stranger it is 200 all the same', async () => {
    await open()
    expect((await send({ app_id: '123456', user_id: '42' })).status).toBe(200)
    expect(JSON.stringify(world.log)).not.toContain('"42"')
  })
})
