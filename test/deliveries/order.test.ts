import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createReceiver, type Letter, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, SOL, type World } from '../_support/world.ts'

describe.each(ENGINES)('order on $name', (engine) => {
  let store: SharedStore
  let receiver: TestReceiver
  let world: World

  beforeEach(async () => {
    store = await createSharedStore(engine)
    receiver = createReceiver()
    world = await store.open(tellTo(receiver))
  })
  afterEach(() => store.close())

  test('different users are told of side by side', async () => {
    const people = [HANEUL, BADA, SOL]
    for (const person of people) await login(world, world.browser(), person)
    const allHere = Promise.withResolvers<Response>()
    const users = new Set<string>()
    // Answered only once all three are here at the same time.
    receiver.answer = async ({ data }) => {
      users.add(data.user_id)
      if (users.size === people.length) allHere.resolve(new Response())
      await allHere.promise
      return new Response()
    }

    await world.daemun.work()

    expect(receiver.letters).toHaveLength(6)
  })

  test('of one user one thing at a time, in the order in which it happened', async () => {
    const underWay = new Set<string>()
    const overlaps: Letter[] = []
    receiver.answer = async (letter) => {
      const { user_id } = letter.data
      if (underWay.has(user_id)) overlaps.push(letter)
      underWay.add(user_id)
      await new Promise((resolve) => setImmediate(resolve))
      underWay.delete(user_id)
      return new Response()
    }
    const browser = world.browser()
    const rounds = Array.from({ length: 5 }, async () => {
      await Promise.all([login(world, browser, HANEUL), login(world, world.browser(), BADA)])
      await world.daemun.work()
    })

    await Promise.all(rounds)
    await world.daemun.work()

    expect(overlaps).toEqual([])
    for (const letters of Map.groupBy(receiver.letters, ({ data }) => data.user_id).values()) {
      const sequences = letters.map(({ data }) => data.sequence)
      expect(sequences).toEqual(sequences.map((_, index) => index + 1))
    }
  })

  test('what comes while the one before is on its way is not forgotten', async () => {
    await login(world, world.browser(), HANEUL)
    receiver.answer = async ({ data }) => {
      if (data.sequence === 2) await login(world, world.browser(), HANEUL)
      return new Response()
    }

    await world.daemun.work()

    expect(receiver.letters.map(({ data }) => data.sequence)).toEqual([1, 2, 3])
  })
})

describe('a receiver that is slow', () => {
  const slow = createReceiver('https://slow.example/')
  const quick = createReceiver('https://quick.example/')
  let store: SharedStore

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const [sqlite] = ENGINES
    if (sqlite === undefined) throw new Error('no engine')
    store = await createSharedStore(sqlite)
  })
  afterEach(async () => {
    vi.useRealTimers()
    await store.close()
  })

  test('has 15 s, and holds no other up meanwhile', async () => {
    const world = await store.open(tellTo(slow, quick))
    await login(world, world.browser(), HANEUL)
    const heard = Promise.withResolvers<AbortSignal>()
    slow.answer = async (_letter, { signal }) => {
      heard.resolve(signal)
      return await new Promise(() => {})
    }
    const arrived = Promise.withResolvers<void>()
    quick.answer = async ({ data }) => {
      if (data.sequence === 2) arrived.resolve()
      return new Response()
    }

    const working = world.daemun.work()
    const signal = await heard.promise
    await arrived.promise
    vi.advanceTimersByTime(14_999)
    expect(signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(signal.aborted).toBe(true)
    await working

    expect(slow.letters).toHaveLength(1)
    expect(world.log).toContainEqual(
      expect.objectContaining({ receiver: 'slow.example', status: null, attempts: 1 }),
    )
  })

  test('has 5 s when the process ends; then it is left to the next, and counts for nothing', async () => {
    const { environment, elsewhere } = tellTo(quick)
    const settings = { environment: { ...environment, WEBHOOK_RETRY: '2h' }, elsewhere }
    const world = await store.open(settings)
    await login(world, world.browser(), HANEUL)
    quick.letters.length = 0
    const heard = Promise.withResolvers<AbortSignal>()
    quick.answer = async (_letter, { signal }) => {
      heard.resolve(signal)
      return await new Promise(() => {})
    }

    const working = world.daemun.work().catch(() => {})
    const signal = await heard.promise
    const closing = world.close()
    vi.advanceTimersByTime(4999)
    expect(signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    await Promise.all([closing, working])

    quick.answer = () => new Response()
    const next = await store.open(settings)
    await next.daemun.work()
    expect(quick.letters.map(({ data }) => data.sequence)).toEqual([1, 1, 2])
    expect(world.log).not.toContainEqual(expect.objectContaining({ attempts: 1 }))
  })
})
