import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import { BY_ITSELF, createTransact, createUserKeys, type Transact } from '../../src/events/index.ts'
import { createSealer } from '../../src/jose/seal.ts'
import { insertUser } from '../../src/users/index.ts'
import { createClock } from '../_support/clock.ts'
import { ENGINES, openTestStore } from '../_support/engines.ts'
import { countingBytes } from '../_support/random.ts'

const FROM_SEOUL = { requestId: 'req1', address: '203.0.113.7', userAgent: 'Mozilla/5.0 (Seoul)' }
const signedIn = (userId: string) =>
  ({
    type: 'user.signed_in',
    userId,
    data: { session_id: 'ses_1', method: 'web' },
  }) as const

describe.each(ENGINES)('a unit of work on $name', (engine) => {
  const clock = createClock()
  let store: Store
  let transact: Transact
  const userKeys = createUserKeys({
    sealer: createSealer({ secrets: ['s'], purpose: 'user key', randomBytes: countingBytes() }),
    randomBytes: countingBytes(),
  })

  beforeEach(async () => {
    store = await openTestStore(engine)
    transact = createTransact({
      db: store.db,
      userKeys,
      now: clock.now,
      randomBytes: countingBytes(),
    })
    await insertUser(store.db, { id: 'usr_1', kakaoId: '1', now: clock.now() })
  })
  afterEach(() => store.db.destroy())

  const readLines = async () => await store.db.selectFrom('audit_log').selectAll().execute()
  const readUser = async () =>
    await store.db.selectFrom('users').selectAll().where('id', '=', 'usr_1').executeTakeFirst()

  test('what is told is in the audit log, by the user themself', async () => {
    await transact(FROM_SEOUL, async (unit) => unit.tell(signedIn('usr_1')))

    expect(await readLines()).toEqual([
      {
        id: expect.stringMatching(/^aud_\w+$/),
        at: clock.now().getTime(),
        actor: 'user:usr_1',
        action: 'user.signed_in',
        user_id: 'usr_1',
        session_id: 'ses_1',
        sealed_origin: expect.any(String),
        result: 'ok',
        code: null,
        request_id: 'req1',
      },
    ])
  })

  test('address and device are readable with the key of the user alone', async () => {
    await transact(FROM_SEOUL, async (unit) => unit.tell(signedIn('usr_1')))

    const [line] = await readLines()
    const user = await readUser()
    const sealer = userKeys.open(user?.sealed_key ?? '')
    expect(line?.sealed_origin).not.toContain('203.0.113.7')
    expect(JSON.parse(sealer?.open(line?.sealed_origin ?? '') ?? '')).toEqual({
      address: '203.0.113.7',
      userAgent: 'Mozilla/5.0 (Seoul)',
    })
  })

  test('of several things told, ids are in the order of the telling', async () => {
    await transact(FROM_SEOUL, async (unit) => {
      unit.tell({ type: 'user.created', userId: 'usr_1', data: { consents: [] } })
      unit.tell(signedIn('usr_1'))
    })
    clock.advance(1)
    await transact(BY_ITSELF, async (unit) =>
      unit.note({ action: 'login.failed', result: 'refused', code: 'code_refused' }),
    )

    const lines = (await readLines()).sort((one, other) => (one.id < other.id ? -1 : 1))
    expect(lines.map(({ action }) => action)).toEqual([
      'user.created',
      'user.signed_in',
      'login.failed',
    ])
    expect(lines[2]).toMatchObject({ actor: 'system', user_id: null, sealed_origin: null })
    expect(await readUser()).toMatchObject({ event_sequence: 2 })
  })

  test('work that fails leaves nothing, and nothing runs after it', async () => {
    const ran: string[] = []

    await expect(
      transact(FROM_SEOUL, async (unit) => {
        unit.tell(signedIn('usr_1'))
        await unit.flush()
        unit.afterCommit(() => ran.push('after'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')

    expect(await readLines()).toEqual([])
    expect(await readUser()).toMatchObject({ event_sequence: 0 })
    expect(ran).toEqual([])
  })
})
