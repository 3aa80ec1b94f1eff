import { describe, expect, test, vi } from 'vitest'
import { type Db, isStoreUnavailable } from '../../src/db/index.ts'
import { openStoreAt } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import type { TcpProxy } from '../_support/tcp-proxy.ts'
import { createWorld, HANEUL } from '../_support/world.ts'
import { insertFact, listFacts } from './_support/facts.ts'
import { setPostgresScene } from './_support/postgres-scene.ts'

const TIMEOUT_MS = 1000

/** Each holds the wire up and then waits for one more answer. */
const WORKS: Record<string, (db: Db, proxy: TcpProxy) => Promise<unknown>> = {
  begin: async (db, proxy) => {
    proxy.pause()
    await db.transaction().execute(async () => {})
  },
  commit: async (db, proxy) =>
    await db.transaction().execute(async (transaction) => {
      await insertFact(transaction, 'a')
      proxy.pause()
    }),
  rollback: async (db, proxy) =>
    await db.transaction().execute(async (transaction) => {
      await insertFact(transaction, 'a')
      proxy.pause()
      throw new Error('for other reasons')
    }),
  'a statement in a transaction': async (db, proxy) =>
    await db.transaction().execute(async (transaction) => {
      proxy.pause()
      await insertFact(transaction, 'a')
    }),
  'a single statement': async (db, proxy) => {
    proxy.pause()
    await insertFact(db, 'a')
  },
}

describe.concurrent('PostgreSQL that does not answer in time', () => {
  test.for(Object.entries(WORKS))(
    '%s given up takes its connection with it',
    async ([, work], context) => {
      const { store, proxy, watch, elsewhere } = await setPostgresScene(context, {
        timeoutMs: TIMEOUT_MS,
      })

      await expect(work(store.db, proxy)).rejects.toSatisfy(isStoreUnavailable)
      proxy.resume()
      await insertFact(store.db, 'z')

      expect(await listFacts(elsewhere.db)).toContain('z')
      await vi.waitFor(async () => expect(await watch.countBusy()).toBe(0), { timeout: 10_000 })
    },
  )

  test('a log-out that is acknowledged afterwards holds', async (context) => {
    const { proxy, watch } = await setPostgresScene(context)
    let isKakaoTheLast = false
    const world = await createWorld({
      environment: {
        DATABASE_URL: proxy.url,
        DATABASE_POOL_SIZE: '1',
        STORE_TIMEOUT: `${TIMEOUT_MS}ms`,
      },
      intercept: async (request, send) => {
        const answer = await send(request)
        // What comes next is the transaction of the sign-in.
        if (isKakaoTheLast) proxy.pause()
        return answer
      },
    })
    const other = await createWorld({ environment: { DATABASE_URL: watch.url } })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const cookie = `daemun_session=${browser.cookies.get('daemun_session')}`

    isKakaoTheLast = true
    expect((await login(world, world.browser(), HANEUL)).status).toBe(503)
    proxy.resume()
    expect((await browser.post('/logout/')).status).toBe(200)

    expect((await other.browser().get('/session/', { cookie })).status).toBe(401)
    await Promise.all([world.close(), other.close()])
  })

  test('waiting for a connection and for the answer share one deadline', async (context) => {
    const { store, watch } = await setPostgresScene(context, { timeoutMs: TIMEOUT_MS })
    const other = await openStoreAt(watch.url, { timeoutMs: TIMEOUT_MS, poolSize: 1 })
    await watch.lock('store_facts')
    const { promise: isHeld, resolve: letGo } = Promise.withResolvers<void>()
    const givenUp: string[] = []

    const holder = store.db.transaction().execute(async () => await isHeld)
    const waiter = insertFact(store.db, 'a').catch(() => givenUp.push('who waited for both'))
    // So many questions later, by no clock.
    for (let asked = 0; asked < 20; asked += 1) await watch.countBusy()
    const later = insertFact(other.db, 'b').catch(() => givenUp.push('who asked later'))
    await vi.waitFor(async () => expect(await watch.countBusy()).toBe(2), { timeout: 10_000 })
    letGo()

    await Promise.all([holder, waiter, later])
    expect(givenUp).toEqual(['who waited for both', 'who asked later'])
    await other.db.destroy()
  })

  test('the server ends what was given up, and lets go of its locks', async (context) => {
    const { store, watch } = await setPostgresScene(context, { timeoutMs: TIMEOUT_MS })
    await watch.lock('store_facts')

    await expect(insertFact(store.db, 'a')).rejects.toSatisfy(isStoreUnavailable)

    await vi.waitFor(async () => expect(await watch.countBusy()).toBe(0), { timeout: 10_000 })
  })

  test('the server ends a transaction that fell silent', async (context) => {
    const { store, proxy, watch } = await setPostgresScene(context, { timeoutMs: TIMEOUT_MS })

    await expect(WORKS.commit?.(store.db, proxy)).rejects.toSatisfy(isStoreUnavailable)

    await vi.waitFor(async () => expect(await watch.countBusy()).toBe(0), { timeout: 10_000 })
  })
})
