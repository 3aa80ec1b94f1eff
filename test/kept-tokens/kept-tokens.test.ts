import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resealAll } from '../../src/resealing/index.ts'
import { Browser } from '../_support/browser.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import {
  APP,
  createWorld,
  HANEUL,
  KAKAO,
  type World,
  type WorldOptions,
} from '../_support/world.ts'

const DAY = 86_400_000
const KEEPING = { SECRET_KEY: 'a secret for tests', KAKAO_TOKENS: 'keep' }

describe.each(ENGINES)("Kakao's tokens, kept on $name,", (engine) => {
  let world: World
  let url: string
  afterEach(() => world.close())
  beforeEach(async () => {
    url = await createDurableUrl(engine)
  })

  async function open(options: WorldOptions = {}): Promise<void> {
    const environment = { ...KEEPING, DATABASE_URL: url, ...options.environment }
    world = await createWorld({ ...options, environment })
  }

  /** How often our server has asked for new tokens since it was last asked. */
  const takeTokenCalls = () =>
    world.takeCallsToKakao().filter((call) => call === 'POST /oauth/token').length

  test('are left alone while they are young', async () => {
    await open()
    await login(world, world.browser(), HANEUL)
    takeTokenCalls()

    world.clock.advance(39 * DAY)
    await world.daemun.work()

    expect(takeTokenCalls()).toBe(0)
  })

  test('are renewed in their last weeks, and again in the next ones', async () => {
    await open()
    const browser = world.browser()
    await login(world, browser, HANEUL)
    takeTokenCalls()

    for (let round = 0; round < 3; round += 1) {
      for (const days of [20, 20]) {
        world.clock.advance(days * DAY)
        await browser.get('/session/')
      }
      world.clock.advance(DAY)
      await Promise.all([world.daemun.work(), world.daemun.work()])
      expect(takeTokenCalls()).toBe(1)
    }

    const body = JSON.stringify({ kakao: 'token' })
    await browser.post('/logout/', body, { 'content-type': 'application/json' })
    expect(world.takeCallsToKakao().at(-1)).toBe('POST /v1/user/logout')
    expect(world.log.filter(({ level }) => level === 'warn')).toEqual([])
  })

  test('that Kakao refuses are forgotten, and the link needs a new login until there is one', async () => {
    await open()
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await endTokensAtKakao()
    world.clock.advance(20 * DAY)
    await browser.get('/session/')
    world.clock.advance(21 * DAY)

    await world.daemun.work()
    takeTokenCalls()
    await world.daemun.work()

    expect(takeTokenCalls()).toBe(0)
    expect(await readIdentities(browser)).toMatchObject([{ state: 'needs_login' }])
    await login(world, browser, HANEUL)
    expect(await readIdentities(browser)).toMatchObject([{ state: 'linked' }])
  })

  test('outlast a Kakao that is away', async () => {
    let isAway = false
    await open({
      intercept: async (request, send) =>
        isAway ? new Response('<h1>down</h1>', { status: 502 }) : await send(request),
    })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    world.clock.advance(20 * DAY)
    await browser.get('/session/')
    world.clock.advance(21 * DAY)

    takeTokenCalls()
    isAway = true
    await expect(world.daemun.work()).rejects.toThrow('no usable answer')
    isAway = false
    await world.daemun.work()

    expect(takeTokenCalls()).toBe(1)
    expect(await readIdentities(browser)).toMatchObject([{ state: 'linked' }])
  })

  test('go when the configuration has no use for them any more', async () => {
    await open()
    const { clock } = world
    await login(world, world.browser(), HANEUL)
    await world.close()

    await open({ clock, environment: { KAKAO_TOKENS: 'never' } })
    clock.advance(41 * DAY)
    await world.daemun.work()

    expect(takeTokenCalls()).toBe(0)
  })

  test('brought by a login outlast the refusal of those that they took the place of', async () => {
    let onRefresh: (() => Promise<void>) | undefined
    await open({
      environment: { SESSION_TTL: '300d' },
      async intercept(request, send) {
        const isRefresh = (await request.clone().text()).includes('grant_type=refresh_token')
        if (!isRefresh || onRefresh === undefined) return await send(request)
        await onRefresh()
        return Response.json({ error: 'invalid_grant', error_code: 'KOE322' }, { status: 400 })
      },
    })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    world.clock.advance(41 * DAY)
    onRefresh = async () => {
      onRefresh = undefined
      world.clock.advance(1000)
      const start = await browser.get('/oauth/kakao/consent/?scope=account_email')
      await browser.get(await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL))
    }

    await world.daemun.work()

    expect(await readIdentities(browser)).toMatchObject([{ state: 'linked' }])
    takeTokenCalls()
    world.clock.advance(41 * DAY)
    await world.daemun.work()
    expect(takeTokenCalls()).toBe(1)
  })

  test('that are sealed anew while they are renewed are not lost', async () => {
    let onRefresh: (() => Promise<void>) | undefined
    await open({ environment: { SESSION_TTL: '300d' } })
    const { clock, kakao } = world
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await world.close()
    const secrets = ['the next secret', KEEPING.SECRET_KEY] as const
    await open({
      clock,
      environment: { SESSION_TTL: '300d', SECRET_KEY: secrets.join(',') },
      async intercept(request) {
        const isRefresh = (await request.clone().text()).includes('grant_type=refresh_token')
        if (isRefresh) await onRefresh?.()
        return await kakao.fetch(request)
      },
    })
    const { db } = await openStoreAt(url)
    clock.advance(41 * DAY)
    onRefresh = async () => void (await resealAll({ db, secrets, randomBytes }))

    await world.daemun.work()
    onRefresh = undefined
    clock.advance(41 * DAY)
    await world.daemun.work()

    expect(
      await readIdentities(new Browser(world.daemun.fetch, APP, browser.cookies)),
    ).toMatchObject([{ state: 'linked' }])
    await db.destroy()
  })

  test('that no secret opens any more hold nothing up, and wait for a day', async () => {
    await open({ environment: { SESSION_TTL: '300d' } })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    for (let more = 0; more < 20; more += 1) await login(world, world.browser(), HANEUL)
    const { db } = await openStoreAt(url)
    const ours = await db
      .selectFrom('kakao_tokens')
      .select('session_id')
      .orderBy('renew_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await db
      .updateTable('kakao_tokens')
      .set({ sealed: 'sealed under a secret of long ago', renew_at: 0 })
      .where('session_id', '!=', ours.session_id)
      .execute()
    takeTokenCalls()
    world.clock.advance(41 * DAY)

    await world.daemun.work()

    expect(takeTokenCalls()).toBe(1)
    const waiting = await db.selectFrom('kakao_tokens').select('renew_at').execute()
    await db.destroy()
    expect(waiting.every(({ renew_at }) => (renew_at ?? 0) > world.clock.now().getTime())).toBe(
      true,
    )
  })

  test('are not asked for again at once where Kakao gives no new refresh token', async () => {
    await open({
      environment: { SESSION_TTL: '300d' },
      emulator: { switches: { token_limits: false, renewal_ends_old_refresh_token: false } },
      async intercept(request, send) {
        const isRefresh = (await request.clone().text()).includes('grant_type=refresh_token')
        const answer = await send(request)
        if (!isRefresh) return answer
        const { access_token, token_type, expires_in } = await readJson(answer)
        return Response.json({ access_token, token_type, expires_in })
      },
    })
    await login(world, world.browser(), HANEUL)
    takeTokenCalls()
    world.clock.advance(41 * DAY)
    for (let times = 0; times < 3; times += 1) await world.daemun.work()

    expect(takeTokenCalls()).toBe(1)
    // The old one is still there, to be asked with the next day.
    world.clock.advance(DAY)
    await world.daemun.work()
    expect(takeTokenCalls()).toBe(1)
  })

  /** As somebody who logs out with the admin key, all tokens at once. */
  async function endTokensAtKakao(): Promise<void> {
    const response = await world.kakao.fetch(
      new Request(`${KAKAO}/v1/user/logout`, {
        method: 'POST',
        headers: { authorization: 'KakaoAK demo-admin-key' },
        body: new URLSearchParams({ target_id_type: 'user_id', target_id: HANEUL.id }),
      }),
    )
    expect(response.status).toBe(200)
  }

  async function readIdentities(browser: ReturnType<World['browser']>) {
    return (await readJson(await browser.get('/me/identities/'))).identities
  }
})
