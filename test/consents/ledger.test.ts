import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endConsents, listConsents, recordConsents } from '../../src/consents/index.ts'
import type { Store } from '../../src/db/index.ts'
import { BY_ITSELF, createTransact, createUserKeys, type Transact } from '../../src/events/index.ts'
import { createSealer } from '../../src/jose/seal.ts'
import { eraseProfile, findProfile, insertUser, keepProfile } from '../../src/users/index.ts'
import { createClock } from '../_support/clock.ts'
import { ENGINES, openTestStore } from '../_support/engines.ts'
import { countingBytes } from '../_support/random.ts'

const OWNER = { userId: 'usr_1', kakaoId: '1' }

describe.each(ENGINES)('on $name', (engine) => {
  const clock = createClock()
  let store: Store
  let transact: Transact

  beforeEach(async () => {
    store = await openTestStore(engine)
    const randomBytes = countingBytes()
    const sealer = createSealer({ secrets: ['s'], purpose: 'user key', randomBytes })
    const userKeys = createUserKeys({ sealer, randomBytes })
    transact = createTransact({ db: store.db, userKeys, now: clock.now, randomBytes })
    await insertUser(store.db, { id: 'usr_1', kakaoId: '1', now: clock.now() })
  })
  afterEach(() => store.db.destroy())

  const record = async (agreed: boolean) =>
    await transact(BY_ITSELF, async (unit) => {
      const facts = [{ id: 'account_email', agreed, ...(agreed && { revocable: true }) }]
      await recordConsents(unit, { ...OWNER, kind: 'item', path: 'sync', facts })
    })
  const list = async () => await listConsents(store.db, { kakaoId: '1', kind: 'item' })
  const countTold = async () =>
    (await store.db.selectFrom('audit_log').select('id').execute()).length

  test('a consent keeps every change, and what is no change leaves nothing', async () => {
    await record(true)
    const agreedAt = clock.now()
    clock.advance(1000)
    await record(true)
    await record(false)
    await record(false)

    expect(await list()).toEqual([
      {
        id: 'account_email',
        agreed: false,
        required: null,
        revocable: null,
        since: clock.now(),
        path: 'sync',
        history: [
          { agreed: true, at: agreedAt, path: 'sync' },
          { agreed: false, at: clock.now(), path: 'sync' },
        ],
      },
    ])
    expect(await countTold()).toBe(2)
  })

  test('what was never agreed to is written and not told', async () => {
    await record(false)

    expect(await list()).toMatchObject([{ agreed: false, history: [{ agreed: false }] }])
    expect(await countTold()).toBe(0)
  })

  test('consents of a tie that is gone end, and so does what came with it', async () => {
    await record(true)
    const reading = {
      email: { state: 'shared', value: 'haneul@example.com' },
      gender: { state: 'shared', value: 'female' },
    } as const
    await transact(BY_ITSELF, async (unit) => {
      await keepProfile(unit, { ...OWNER, reading, source: 'user_me' })
    })

    await transact(BY_ITSELF, async (unit) => {
      await endConsents(unit, { ...OWNER, path: 'webhook' })
      await eraseProfile(unit, OWNER)
    })

    expect(await list()).toMatchObject([{ agreed: false, path: 'webhook' }])
    expect(await findProfile(store.db, 'usr_1')).toMatchObject({
      email: { state: 'not_agreed', value: null },
      gender: { state: 'not_agreed', value: null },
    })
    const dump = JSON.stringify(await store.db.selectFrom('profiles').selectAll().execute())
    expect(dump).not.toContain('"female"')
  })
})
