import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import { BY_ITSELF, createTransact, createUserKeys, type Transact } from '../../src/events/index.ts'
import {
  type Attempt,
  createJobQueue,
  handleJob,
  type JobQueue,
  type JobType,
} from '../../src/jobs/index.ts'
import { createSealer } from '../../src/jose/seal.ts'
import { createLocalTracer } from '../../src/tracing/index.ts'
import { type Clock, createClock } from '../_support/clock.ts'
import { ENGINES, openTestStore } from '../_support/engines.ts'
import { countingBytes } from '../_support/random.ts'

const GREET: JobType<{ name: string }> = { name: 'greet' }
const RETRY = { firstMs: 1000, mostMs: 4000, giveUpAfterMs: 10_000, isDueAtStart: true }
const NEVER = new AbortController().signal

describe.each(ENGINES)('the job queue on $name', (engine) => {
  const randomBytes = countingBytes()
  let clock: Clock
  let store: Store
  let transact: Transact
  let greeted: string[]
  let failures: boolean[]

  beforeEach(async () => {
    clock = createClock()
    store = await openTestStore(engine)
    const sealer = createSealer({ secrets: ['s'], purpose: 'user key', randomBytes })
    const userKeys = createUserKeys({ sealer, randomBytes })
    transact = createTransact({ db: store.db, userKeys, now: clock.now, randomBytes })
    greeted = []
    failures = []
  })
  afterEach(() => store.db.destroy())

  type Greet = (name: string, attempt: Attempt) => Promise<void>

  /** As another instance, or this one after a restart, has it. */
  function openQueue(greet: Greet = async (name) => void greeted.push(name)): JobQueue {
    const sealer = createSealer({ secrets: ['s'], purpose: 'job', randomBytes })
    const onFailure = (_error: unknown, { isLast }: { isLast: boolean }) => failures.push(isLast)
    const onError = (error: unknown) => {
      throw error
    }
    const sleep = async () => await new Promise<void>((resolve) => setImmediate(resolve))
    const base = { db: store.db, transact, sealer, now: clock.now, sleep, randomBytes }
    const deps = { ...base, tracer: createLocalTracer(randomBytes), onFailure, onError }
    return createJobQueue(deps, () => [
      handleJob(GREET, RETRY, async ({ name }, attempt) => {
        await greet(name, attempt)
        return undefined
      }),
    ])
  }

  async function add(queue: JobQueue, name: string): Promise<void> {
    const job = { subject: name, payload: { name } }
    await transact(BY_ITSELF, async (unit) => await queue.add(unit, GREET, job))
  }

  test('does what was committed, once', async () => {
    const queue = openQueue()
    await add(queue, 'haneul')

    await queue.work()
    await queue.work()

    expect(greeted).toEqual(['haneul'])
  })

  test('knows nothing of what was rolled back', async () => {
    const queue = openQueue()
    const work = transact(BY_ITSELF, async (unit) => {
      await queue.add(unit, GREET, { subject: 'haneul', payload: { name: 'haneul' } })
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')

    await queue.work()

    expect(greeted).toEqual([])
  })

  test('two workers share the work and do nothing twice', async () => {
    const [one, other] = [openQueue(), openQueue()]
    const names = Array.from({ length: 20 }, (_, index) => `person ${index}`)
    for (const name of names) await add(one, name)

    await Promise.all([one.work(), other.work()])

    expect(greeted.sort()).toEqual(names.sort())
  })

  test('what fails is tried again, after waits that grow, and at last given up', async () => {
    const attempts: number[] = []
    const start = clock.now().getTime()
    const queue = openQueue(async () => {
      attempts.push(clock.now().getTime() - start)
      throw new Error('away')
    })
    await add(queue, 'haneul')

    for (let second = 0; second <= 60; second += 1) {
      await queue.work()
      clock.advance(1000)
    }

    expect(attempts).toEqual([0, 1000, 3000, 7000, 11_000])
    expect(failures).toEqual([false, false, false, false, true])
  })

  test('what a worker died at is taken up by another, once its time is over', async () => {
    const dying = openQueue(() => new Promise(() => {}))
    await add(dying, 'haneul')
    void dying.work()
    await expect.poll(async () => await countLeased()).toBe(1)

    const other = openQueue()
    await other.work()
    expect(greeted).toEqual([])
    clock.advance(60_000)
    await other.work()

    expect(greeted).toEqual(['haneul'])
  })

  async function countLeased(): Promise<number> {
    const rows = await store.db
      .selectFrom('jobs')
      .select('id')
      .where('leased_until', 'is not', null)
      .execute()
    return rows.length
  }

  test('whoever was too slow says nothing of what came of it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = openQueue(async (_name, { atEnd }) => {
      atEnd(async (unit) => unit.note({ action: 'login.failed', result: 'ok' }))
      await promise
    })
    await add(slow, 'haneul')
    const working = slow.work()
    await expect.poll(async () => await countLeased()).toBe(1)
    clock.advance(60_000)
    await openQueue().work()

    resolve()
    await working

    expect(greeted).toEqual(['haneul'])
    expect(failures).toEqual([])
    expect(await store.db.selectFrom('audit_log').selectAll().execute()).toEqual([])
  })

  test.each(['succeeds', 'fails'])(
    'whoever was too slow and %s leaves it to who is at it now',
    async (outcome) => {
      const slowly = Promise.withResolvers<void>()
      const soon = Promise.withResolvers<void>()
      const slow = openQueue(async () => await slowly.promise)
      const next = openQueue(async (name) => {
        await soon.promise
        greeted.push(name)
      })
      await add(slow, 'haneul')
      const working = [slow.work()]
      await expect.poll(async () => await countLeased()).toBe(1)
      clock.advance(60_000)
      working.push(next.work())
      await expect.poll(async () => await readAttempts()).toEqual([2])

      if (outcome === 'succeeds') slowly.resolve()
      else slowly.reject(new Error('away'))
      await working[0]
      clock.advance(5000)
      await openQueue().work()
      expect(greeted).toEqual([])
      soon.resolve()
      await working[1]

      expect(greeted).toEqual(['haneul'])
      expect(await readAttempts()).toEqual([])
    },
  )

  async function readAttempts(): Promise<number[]> {
    const rows = await store.db.selectFrom('jobs').select('attempts').execute()
    return rows.map(({ attempts }) => attempts)
  }

  test('what has been due longest comes first', async () => {
    const queue = openQueue()
    await transact(BY_ITSELF, async (unit) => {
      for (const [name, dueAt] of [
        ['later', clock.now()],
        ['sooner', new Date(clock.now().getTime() - 1)],
      ] as const) {
        await queue.add(unit, GREET, { subject: name, payload: { name }, dueAt })
      }
    })

    await queue.work()

    expect(greeted).toEqual(['sooner', 'later'])
  })

  describe('held by who lives', () => {
    beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
    afterEach(() => vi.useRealTimers())

    const readLease = async () =>
      (await store.db.selectFrom('jobs').select('leased_until').executeTakeFirst())?.leased_until

    test('is taken by nobody else, however long it takes', async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const queue = openQueue(async (name) => {
        await promise
        greeted.push(name)
      })
      queue.start()
      await add(queue, 'haneul')
      await expect.poll(readLease).toBe(clock.now().getTime() + 10_000)

      for (let times = 0; times < 3; times += 1) {
        clock.advance(9000)
        vi.advanceTimersByTime(3000)
        await expect.poll(readLease).toBe(clock.now().getTime() + 10_000)
        await openQueue().work()
      }
      expect(greeted).toEqual([])
      resolve()
      await queue.stop()

      expect(greeted).toEqual(['haneul'])
    })

    test('is let go of by who finds it taken over', async () => {
      let signal = NEVER
      const slow = openQueue(async (_name, attempt) => {
        signal = attempt.signal
        await new Promise((_, reject) => signal.addEventListener('abort', reject))
      })
      slow.start()
      await add(slow, 'haneul')
      await expect.poll(() => signal).not.toBe(NEVER)
      clock.advance(60_000)
      await openQueue().work()

      vi.advanceTimersByTime(3000)
      await slow.stop()

      expect(signal.aborted).toBe(true)
      expect(greeted).toEqual(['haneul'])
    })
  })

  test('what belongs to its end happens with it, or it is done again', async () => {
    let isBroken = true
    const queue = openQueue(async (name, { atEnd }) => {
      atEnd(async (unit) => unit.note({ action: 'login.failed', result: 'ok' }))
      atEnd(async () => {
        if (isBroken) throw new Error('no')
      })
      greeted.push(name)
    })
    await add(queue, 'haneul')

    await queue.work()
    expect(await store.db.selectFrom('audit_log').selectAll().execute()).toEqual([])
    isBroken = false
    clock.advance(1000)
    await queue.work()

    expect(greeted).toEqual(['haneul', 'haneul'])
    expect(await store.db.selectFrom('audit_log').selectAll().execute()).toHaveLength(1)
  })

  test('a start does not wait for the next attempt', async () => {
    const failing = openQueue(() => Promise.reject(new Error('away')))
    await add(failing, 'haneul')
    await failing.work()

    const queue = openQueue()
    queue.start()

    await expect.poll(() => greeted).toEqual(['haneul'])
    await queue.stop()
  })

  describe('finished ahead of time', () => {
    const isIn = async (queue: JobQueue, name: string) =>
      await transact(BY_ITSELF, async (unit) => await queue.has(unit, GREET, [name]))

    test('what waits for its next attempt is done, and only what is asked for', async () => {
      const failing = openQueue(() => Promise.reject(new Error('away')))
      for (const name of ['haneul', 'bada']) await add(failing, name)
      await failing.work()

      const queue = openQueue()
      expect(await queue.finish(GREET, ['unknown', 'haneul'], NEVER)).toBe(true)

      expect(greeted).toEqual(['haneul'])
      expect([await isIn(queue, 'haneul'), await isIn(queue, 'bada')]).toEqual([false, true])
    })

    test('what was given up is done too', async () => {
      const failing = openQueue(() => Promise.reject(new Error('away')))
      await add(failing, 'haneul')
      clock.advance(10_000)
      await failing.work()
      expect(failures).toEqual([true])

      expect(await openQueue().finish(GREET, ['haneul'], NEVER)).toBe(true)
      expect(greeted).toEqual(['haneul'])
    })

    test('what fails again is not done, and stays', async () => {
      const queue = openQueue(() => Promise.reject(new Error('away')))
      await add(queue, 'haneul')

      expect(await queue.finish(GREET, ['haneul'], NEVER)).toBe(false)
      expect(await isIn(queue, 'haneul')).toBe(true)
    })

    test('where somebody else is at it, they are waited for', async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const other = openQueue(async (name) => {
        await promise
        greeted.push(name)
      })
      await add(other, 'haneul')
      const working = other.work()
      await expect.poll(async () => await countLeased()).toBe(1)

      const finishing = openQueue().finish(GREET, ['haneul'], NEVER)
      resolve()

      expect(await finishing).toBe(true)
      expect(greeted).toEqual(['haneul'])
      await working
    })

    test('whoever gives up waiting is told that it is not done', async () => {
      const other = openQueue(() => new Promise(() => {}))
      await add(other, 'haneul')
      void other.work()
      await expect.poll(async () => await countLeased()).toBe(1)
      const impatient = new AbortController()

      const finishing = openQueue().finish(GREET, ['haneul'], impatient.signal)
      impatient.abort()

      expect(await finishing).toBe(false)
    })
  })

  test('what was still to be done about somebody can be dropped', async () => {
    const queue = openQueue()
    for (const name of ['haneul', 'bada']) await add(queue, name)

    await transact(BY_ITSELF, async (unit) => await queue.forget(unit, 'haneul'))
    await queue.work()

    expect(greeted).toEqual(['bada'])
  })

  test('the payload is not readable in the store', async () => {
    await add(openQueue(), 'haneul')

    const [job] = await store.db.selectFrom('jobs').select('sealed_payload').execute()
    expect(Buffer.from(job?.sealed_payload ?? '', 'base64url').toString()).not.toContain('haneul')
  })

  test('a worker that was started needs no telling', async () => {
    const queue = openQueue()
    queue.start()

    await add(queue, 'haneul')

    await expect.poll(() => greeted).toEqual(['haneul'])
    await queue.stop()
  })
})
