import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createReceiver, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL } from '../_support/world.ts'

describe.each(ENGINES)('events on $name', (engine) => {
  let store: SharedStore
  let receiver: TestReceiver

  beforeEach(async () => {
    store = await createSharedStore(engine)
    receiver = createReceiver()
  })
  afterEach(() => store.close())

  test('a sign-up is told, in order, with nothing personal in it', async () => {
    const world = await store.open(tellTo(receiver))
    const browser = world.browser()
    const { user } = await readJson(await login(world, browser, HANEUL))
    const { session } = await readJson(await browser.get('/session/'))
    expect(receiver.letters).toEqual([])

    await world.daemun.work()

    const user_id = (user as { id: string }).id
    const session_id = (session as { id: string }).id
    const timestamp = world.clock.now().toISOString()
    expect(receiver.letters.map(({ text }) => JSON.parse(text))).toEqual([
      {
        type: 'user.created',
        timestamp,
        data: { user_id, sequence: 1, consents: expect.arrayContaining(['account_email']) },
      },
      {
        type: 'user.signed_in',
        timestamp,
        data: { user_id, sequence: 2, session_id, method: 'web' },
      },
    ])
    for (const { id, sentAt, headers, text } of receiver.letters) {
      expect(id).toMatch(/^evt_\w+$/)
      expect(sentAt).toEqual(world.clock.now())
      expect(headers.get('content-type')).toBe('application/json')
      expect(text).not.toMatch(/haneul|김하늘|1000000001/)
    }
  })

  test('every URL is told the same, signed with its own secret', async () => {
    const other = createReceiver('https://other.example/events?key=1')
    const world = await store.open(tellTo(receiver, other))
    await login(world, world.browser(), HANEUL)

    await world.daemun.work()
    await world.daemun.work()

    const toBoth = [receiver, other].map(({ letters }) => letters.map(({ id, text }) => [id, text]))
    expect(toBoth[0]).toHaveLength(2)
    expect(toBoth[1]).toEqual(toBoth[0])
    expect(other.letters[0]?.headers.get('webhook-signature')).not.toBe(
      receiver.letters[0]?.headers.get('webhook-signature'),
    )
  })

  test('numbers count on for each user alone', async () => {
    const world = await store.open(tellTo(receiver))
    for (const person of [HANEUL, BADA, HANEUL]) await login(world, world.browser(), person)

    await world.daemun.work()

    const told = Map.groupBy(receiver.letters, ({ data }) => data.user_id)
    expect([...told.values()].map((letters) => letters.map(({ data }) => data.sequence))).toEqual(
      expect.arrayContaining([
        [1, 2, 3],
        [1, 2],
      ]),
    )
  })

  test('where no URL is set, nothing is kept for later', async () => {
    const before = await store.open()
    await login(before, before.browser(), HANEUL)
    await before.close()

    const world = await store.open(tellTo(receiver))
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()

    expect(receiver.letters.map(({ type, data }) => [type, data.sequence])).toEqual([
      ['user.signed_in', 3],
    ])
  })

  test('what waits for a URL that is no longer set waits until it is set again', async () => {
    const world = await store.open(tellTo(receiver))
    await login(world, world.browser(), HANEUL)
    await world.close()

    const other = createReceiver('https://other.example/')
    const without = await store.open(tellTo(other))
    await without.daemun.work()
    await without.close()
    expect([...receiver.letters, ...other.letters]).toEqual([])

    const again = await store.open(tellTo(receiver, other))
    await again.daemun.work()
    expect(receiver.letters.map(({ data }) => data.sequence)).toEqual([1, 2])
  })

  test('of whoever has left is told to the last, though nothing else is left of them', async () => {
    const world = await store.open(tellTo(receiver))
    receiver.answer = () => new Response(null, { status: 503 })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await world.daemun.work()
    expect((await browser.delete('/me/')).status).toBe(200)
    receiver.letters.length = 0

    receiver.answer = () => new Response()
    world.clock.advance(60_000)
    await world.daemun.work()

    const sequences = receiver.letters.map(({ data }) => data.sequence)
    expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    expect(receiver.letters.map(({ type }) => type).slice(-2)).toEqual([
      'session.revoked',
      'user.withdrawn',
    ])
    expect(JSON.stringify(receiver.letters)).not.toMatch(/haneul|김하늘|1000000001/)
  })
})
