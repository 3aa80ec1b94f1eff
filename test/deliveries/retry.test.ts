import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createReceiver, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'

const RETRY = { WEBHOOK_RETRY: '10s,1m' }

describe.each(ENGINES)('a receiver that fails, on $name', (engine) => {
  let store: SharedStore
  let receiver: TestReceiver

  beforeEach(async () => {
    store = await createSharedStore(engine)
    receiver = createReceiver()
  })
  afterEach(() => store.close())

  async function open(): Promise<World> {
    const { environment, elsewhere } = tellTo(receiver)
    return await store.open({ environment: { ...environment, ...RETRY }, elsewhere })
  }

  const answer = (status: number, headers: Record<string, string> = {}) => {
    receiver.answer = () => new Response(null, { status, headers })
  }
  const sequences = () => receiver.letters.map(({ data }) => data.sequence)

  /** What is sent once a wait of so long is over, and not before. Waits differ by a fifth. */
  async function sentAfter(world: World, ms: number): Promise<number[]> {
    world.clock.advance(ms * 0.8 - 1)
    await world.daemun.work()
    expect(sequences()).toEqual([])
    world.clock.advance(ms * 0.4 + 1)
    await world.daemun.work()
    const sent = sequences()
    receiver.letters.length = 0
    return sent
  }

  test('is sent the same again after each wait; a dead letter lets the next pass', async () => {
    const world = await open()
    await login(world, world.browser(), HANEUL)
    answer(500)

    await world.daemun.work()
    const [first] = receiver.letters.splice(0)
    expect(await sentAfter(world, 10_000)).toEqual([1])
    world.clock.advance(72_000)
    await world.daemun.work()
    const [last] = receiver.letters

    expect([last?.id, last?.text]).toEqual([first?.id, first?.text])
    expect(last?.sentAt).toEqual(world.clock.now())
    expect(sequences()).toEqual([1, 2])
    expect(world.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        msg: 'an event became a dead letter',
        receiver: 'service.example',
        event: first?.id,
        attempts: 3,
        status: 500,
      }),
    )
  })

  test('is told what it missed, in order, once it is well', async () => {
    const world = await open()
    answer(503)
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    expect(sequences()).toEqual([1])
    receiver.letters.length = 0

    answer(200)
    expect(await sentAfter(world, 10_000)).toEqual([1, 2, 3])
    await world.daemun.work()
    expect(sequences()).toEqual([])
  })

  test.each([
    ['seconds', () => '120'],
    ['a date', (world: World) => new Date(world.clock.now().getTime() + 120_000).toUTCString()],
  ])('is left alone for as long as its Retry-After says, in %s', async (_form, toHeader) => {
    const world = await open()
    await login(world, world.browser(), HANEUL)
    answer(429, { 'retry-after': toHeader(world) })
    await world.daemun.work()
    await login(world, world.browser(), BADA)
    receiver.letters.length = 0
    answer(204)

    world.clock.advance(119_999)
    await world.daemun.work()
    expect(receiver.letters).toEqual([])
    world.clock.advance(1)
    await world.daemun.work()
    expect(sequences().sort()).toEqual([1, 1, 2, 2])
  })

  test.each(['1', 'soon', '-5', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'is not sent to sooner for a Retry-After of %s',
    async (header) => {
      const world = await open()
      await login(world, world.browser(), HANEUL)
      answer(503, { 'retry-after': header })
      await world.daemun.work()
      receiver.letters.length = 0
      answer(204)

      expect(await sentAfter(world, 10_000)).toEqual([1, 2])
    },
  )

  test('does not put itself off for good with its Retry-After', async () => {
    const world = await open()
    await login(world, world.browser(), HANEUL)
    answer(503, { 'retry-after': '99999999999999999999' })
    await world.daemun.work()
    answer(204)

    world.clock.advance(24 * 3_600_000)
    await world.daemun.work()
    expect(sequences()).toEqual([1, 1, 2])
  })

  test('that says it is gone is left alone until a restart, and nothing is lost', async () => {
    for (let start = 0; start < 5; start += 1) {
      const world = await open()
      answer(410)
      await login(world, world.browser(), HANEUL)
      await world.daemun.work()
      world.clock.advance(3_600_000)
      await world.daemun.work()
      await world.close()
      expect(sequences()).toEqual([1])
      receiver.letters.length = 0
    }

    answer(204)
    const world = await open()
    await world.daemun.work()
    expect(sequences()).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('by sending elsewhere is not followed there', async () => {
    const world = await open()
    await login(world, world.browser(), HANEUL)
    answer(307, { location: receiver.url })

    await world.daemun.work()
    expect(sequences()).toEqual([1])
    expect(world.log).toContainEqual(expect.objectContaining({ status: 307, attempts: 1 }))
  })

  test('by not being there is tried again', async () => {
    const world = await open()
    await login(world, world.browser(), HANEUL)
    receiver.answer = () => {
      throw new TypeError('fetch failed')
    }
    await world.daemun.work()
    receiver.letters.length = 0
    expect(world.log).toContainEqual(expect.objectContaining({ status: null, attempts: 1 }))

    answer(204)
    expect(await sentAfter(world, 10_000)).toEqual([1, 2])
  })

  test('leaves neither its URL nor what it answers in the log', async () => {
    receiver = createReceiver('https://service.example/hook/secret-path?key=secret-key')
    const world = await open()
    await login(world, world.browser(), HANEUL)
    receiver.answer = () => new Response('secret-answer', { status: 500 })
    await world.daemun.work()

    const lines = JSON.stringify(world.log)
    expect(lines).toContain('"receiver":"service.example"')
    expect(lines).not.toMatch(/secret-path|secret-key|secret-answer|whsec_/)
  })
})
