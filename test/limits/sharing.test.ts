import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { startFrom, startOften } from './_support/addresses.ts'

const HERE = '203.0.113.7'
const ELSEWHERE = '203.0.113.8'

/** Both tell each other what they have counted, as they do within a second. */
async function share(...worlds: World[]): Promise<void> {
  for (const world of worlds) await world.daemun.work()
  for (const world of worlds) await world.daemun.work()
}

describe.each(ENGINES)('instances on one store on $name', (engine) => {
  let store: SharedStore

  beforeEach(async () => {
    store = await createSharedStore(engine)
    onTestFinished(() => store.close())
  })

  async function openPair(environment: Record<string, string> = {}): Promise<[World, World]> {
    const limits = { RATE_LIMIT_LOGIN: '20/1m', TRUST_PROXY: '1', ...environment }
    const open = async () => await store.open({ environment: limits })
    return [await open(), await open()]
  }

  async function listRows() {
    const { db } = await openStoreAt(store.url)
    const rows = await db.selectFrom('rate_counts').selectAll().execute()
    await db.destroy()
    return rows
  }

  test('refuse an address that has used up its limit at another', async () => {
    const [one, other] = await openPair()
    await startOften(one, HERE, 20)
    await share(one, other)

    const refused = await startFrom(other, HERE)

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await startFrom(other, ELSEWHERE)).status).toBe(302)
  })

  test('admit so many together as one would alone', async () => {
    const [one, other] = await openPair()
    await startOften(one, HERE, 15)
    await startOften(other, HERE, 1)
    await share(one, other)
    await startOften(other, HERE, 2)
    await share(one, other)

    expect(await startOften(one, HERE, 2)).toBe(302)
    expect(await startOften(one, HERE, 1)).toBe(429)
    await share(one, other)
    expect(await startOften(other, HERE, 1)).toBe(429)
  })

  test.each(['before', 'after'])(
    'tell a single request too, %s another told of more',
    async (when) => {
      const [one, other] = await openPair()
      await startOften(one, HERE, 15)
      if (when === 'before') await startOften(other, HERE, 1)
      await share(one, other)
      if (when === 'after') await startOften(other, HERE, 1)
      await share(one, other)

      expect(await startOften(one, HERE, 4)).toBe(302)
      expect(await startOften(one, HERE, 1)).toBe(429)
    },
  )

  test('write nothing more where nothing has changed', async () => {
    const [one, other] = await openPair()
    await startOften(one, HERE, 10)
    await startOften(other, HERE, 5)
    await share(one, other)
    await share(one, other)
    const rows = await listRows()
    expect(rows).toHaveLength(2)

    one.clock.advance(5000)
    await share(one, other)

    expect(await listRows()).toEqual(rows)
  })

  test('begin anew together, when the window is over that the first request opened', async () => {
    const [one, other] = await openPair()
    await startOften(one, HERE, 10)
    one.clock.advance(30_000)
    await startOften(other, HERE, 10)
    await share(one, other)
    const refused = await startFrom(other, HERE)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])

    one.clock.advance(30_000)
    expect(await startOften(one, HERE, 10)).toBe(302)
    await share(one, other)
    expect(await startOften(other, HERE, 10)).toBe(302)
    expect(await startOften(other, HERE, 1)).toBe(429)
  })

  test('do not believe for hours what one counted whose clock was ahead', async () => {
    const [one, other] = await openPair()
    one.clock.advance(3_600_000)
    await startOften(one, HERE, 20)
    await share(one)
    one.clock.advance(-3_600_000)
    await share(other)

    expect(await startOften(other, HERE, 20)).toBe(302)
    expect(await startOften(other, HERE, 1)).toBe(429)
  })

  test('know of users too', async () => {
    const [one, other] = await openPair({ RATE_LIMIT_USER: '3/1m' })
    // The first is a sign-up, before which there is no user.
    for (let time = 0; time <= 3; time += 1) await login(one, one.browser(), HANEUL)
    await share(one, other)

    expect((await login(other, other.browser(), HANEUL)).status).toBe(429)
  })

  test('still know after a restart', async () => {
    const [one] = await openPair()
    await startOften(one, HERE, 20)
    await share(one)
    const [again] = await openPair()
    await share(again)

    expect((await startFrom(again, HERE)).status).toBe(429)
  })

  test('write nothing of those who come now and then', async () => {
    const [one, other] = await openPair({ RATE_LIMIT_LOGIN: '600/1m' })
    for (let last = 0; last < 20; last += 1) await startOften(one, `203.0.113.${last}`, 5)
    await share(one, other)
    expect(await listRows()).toEqual([])

    await startOften(one, HERE, 55)
    await share(one, other)
    expect(await listRows()).toMatchObject([{ instance: expect.any(String) }])
  })

  test('keep neither addresses nor users, and nothing once the window is over', async () => {
    const [one] = await openPair({ RATE_LIMIT_USER: '2/1m' })
    await startOften(one, HERE, 20)
    for (let time = 0; time < 3; time += 1) await login(one, one.browser(), HANEUL)
    await share(one)
    const keys = (await listRows()).map(({ key }) => key)

    expect(keys).toHaveLength(3)
    for (const key of keys) expect(key).toMatch(/^(login|user):[\w-]{43}$/)
    one.clock.advance(60_000)
    await share(one)
    expect(await listRows()).toEqual([])
  })

  test('keep what another has counted since, where one of its rows is over', async () => {
    const [one, other] = await openPair()
    await startOften(one, HERE, 10)
    await share(one)
    one.clock.advance(60_000)
    await startOften(other, HERE, 10)
    await share(other)

    expect((await listRows()).map(({ count }) => Number(count))).toEqual([10])
  })

  test('do not disturb each other with what is no limit of theirs', async () => {
    const one = await store.open({ environment: { RATE_LIMIT_LOGIN: '20/1m', TRUST_PROXY: '1' } })
    const other = await store.open({ environment: { RATE_LIMIT_TOKEN: '20/1m', TRUST_PROXY: '1' } })
    await startOften(one, HERE, 20)
    await share(one, other)

    expect((await startFrom(other, HERE)).status).toBe(302)
  })
})
