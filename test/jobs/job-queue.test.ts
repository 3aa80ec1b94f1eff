import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import { BY_ITSELF, createTransact, createUserKeys, type Transact } from '../../src/events/index.ts'
import { createJobQueue, handleJob, type JobQueue, type JobType } from '../../src/jobs/index.ts'
import { createSealer } from '../../src/jose/seal.ts'
import { type Clock, createClock } from '../_support/clock.ts'
import { ENGINES, openTestStore } from '../_support/engines.ts'
import { countingBytes } from '../_support/random.ts'

const GREET: JobType<{ name: string }> = { name: 'greet' }
const RETRY = { firstMs: 1000, mostMs: 4000, giveUpAfterMs: 10_000 }

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

  /** As another instance, or this one after a restart, has it. */
  function openQueue(greet = async (name: string) => void greeted.push(name)): JobQueue {
    const sealer = createSealer({ secrets: ['s'], purpose: 'job', randomBytes })
    const onFailure = (_error: unknown, { isLast }: { isLast: boolean }) => failures.push(isLast)
    const onError = (error: unknown) => {
      throw error
    }
    const deps = { db: store.db, sealer, now: clock.now, randomBytes, onFailure, onError }
    return createJobQueue(deps, () => [
      handleJob(GREET, RETRY, async ({ name }) => {
        await greet(name)
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
