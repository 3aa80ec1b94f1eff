import { afterEach, describe, expect, test } from 'vitest'
import { POSTGRES } from '../_support/engines.ts'
import { addFigures } from '../_support/figures.ts'
import { login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { type PostgresWatch, watchPostgres } from '../_support/postgres-watch.ts'
import { loginByRelay, postForm, refresh } from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

const ASKERS = 12

describe.each([1, 2])('a pool of %i connections', (poolSize) => {
  let watch: PostgresWatch
  let world: World

  async function open(timeout: string): Promise<void> {
    watch = await watchPostgres(await POSTGRES.createUrl())
    world = await createWorld({
      environment: {
        DATABASE_URL: watch.url,
        DATABASE_POOL_SIZE: String(poolSize),
        STORE_TIMEOUT: timeout,
        KAKAO_ADMIN_KEY: 'demo-admin-key',
        APP_CALLBACK_URLS: APP_CALLBACK,
      },
    })
  }
  afterEach(async () => {
    await world.close()
    await watch.close()
  })

  test('is enough for everything, also all at once', async () => {
    await open('60s')
    const browser = world.browser()
    expect((await login(world, browser, BADA)).status).toBe(200)

    const all = await Promise.all([
      ...Array.from({ length: ASKERS }, () => login(world, world.browser(), HANEUL)),
      ...Array.from({ length: ASKERS }, async () => {
        const { refresh_token } = await loginByRelay(world)
        const answer = await refresh(world, refresh_token)
        const { refresh_token: next } = await readJson(answer)
        return await postForm(world, '/oauth/revoke/', { token: String(next) })
      }),
      getOneTimeCode(world).then((code) => exchangeOneTimeCode(world, { code })),
      ...['/session/', '/me/', '/me/sessions/', '/me/identities/'].map((path) => browser.get(path)),
      world.daemun.work().then(() => new Response()),
    ])

    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await browser.delete('/me/')).status).toBe(200)
    await world.daemun.work()
  })

  test('held by others says so within STORE_TIMEOUT, and recovers by itself', async () => {
    await open('3s')
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const tokens = await loginByRelay(world)
    const unlock = await watch.lock('login_claims')
    const holders = Array.from({ length: poolSize }, () => login(world, world.browser(), BADA))
    await expect.poll(watch.countWaiting, { timeout: 10_000 }).toBe(poolSize)

    const answers = await Promise.all([
      ...Array.from({ length: ASKERS }, () => refresh(world, tokens.refresh_token)),
      ...holders,
    ])
    // Who comes last may find the pool free: a holder is given up before them.
    const refused = answers.filter(({ status }) => status !== 200)
    for (const { status, headers } of refused) {
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    }
    addFigures(`A pool of ${poolSize} held by others, PostgreSQL`, {
      asked: answers.length,
      'answered 503': refused.length,
    })
    expect(refused.length).toBeGreaterThanOrEqual(poolSize)
    const guest = await world.browser().get('/session/')
    expect(guest.status).toBe(401)
    await unlock()

    expect((await browser.get('/session/')).status).toBe(200)
    expect((await refresh(world, tokens.refresh_token)).status).toBe(200)
    expect((await login(world, world.browser(), BADA)).status).toBe(200)
  })
})
