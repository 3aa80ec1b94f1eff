import { describe, expect, test } from 'vitest'
import { startHousekeeping } from '../src/housekeeping.ts'
import { createClock, NOON } from './_support/clock.ts'
import { ENGINES, openTestStore, SQLITE } from './_support/engines.ts'

const HOUR = 3_600_000
const later = NOON.getTime() + HOUR

test('what fails keeps nothing else from being done', async () => {
  const { db } = await openTestStore(SQLITE)
  const done: string[] = []
  const told: unknown[] = []
  const fail = (message: string) => async () => {
    throw new Error(message)
  }
  const housekeeping = startHousekeeping({
    db,
    now: () => NOON,
    claimMaxAgeMs: HOUR,
    chores: [fail('first'), async () => void done.push('second'), fail('third')],
    onError: (error) => told.push(error),
  })

  await expect(housekeeping.sweep()).rejects.toThrow('third')

  expect(done).toEqual(['second'])
  expect(told).toEqual([new Error('first')])
  await housekeeping.stop()
  await db.destroy()
})

describe.each(ENGINES)('housekeeping on $name', (engine) => {
  test('removes what is over, however much of it, and nothing else', async () => {
    const { db } = await openTestStore(engine)
    const clock = createClock()
    const user = { id: 'usr_1', created_at: 0, email_verified: 0 }
    await db.insertInto('users').values(user).execute()
    const session = { user_id: 'usr_1', kind: 'token', device: '', created_at: 0, last_seen_at: 0 }
    await db
      .insertInto('sessions')
      .values([
        ...Array.from({ length: 1001 }, (_, index) => ({
          ...session,
          hash: `over${index}`,
          id: `over${index}`,
          expires_at: NOON.getTime(),
        })),
        { ...session, hash: 'live', id: 'live', expires_at: NOON.getTime() + 1 },
      ])
      .execute()
    const token = { issued_at: 0, expires_at: later }
    await db
      .insertInto('refresh_tokens')
      .values(['over7', 'live'].map((id) => ({ ...token, hash: id, session_id: id })))
      .execute()
    await db
      .insertInto('used_id_tokens')
      .values([
        { hash: 'over', expires_at: NOON.getTime() },
        { hash: 'live', expires_at: later },
      ])
      .execute()
    const code = {
      user_id: 'usr_1',
      redirect_uri: '',
      code_challenge: '',
      is_new_user: 0,
      device: '',
    }
    await db
      .insertInto('one_time_codes')
      .values([
        { ...code, hash: 'over', expires_at: NOON.getTime() },
        { ...code, hash: 'live', expires_at: later },
      ])
      .execute()
    await db
      .insertInto('login_claims')
      .values(
        [HOUR, HOUR - 1].map((age) => ({
          code_hash: `aged ${age}`,
          state_hash: `aged ${age}`,
          claimed_at: NOON.getTime() - age,
          held_until: 0,
        })),
      )
      .execute()

    const housekeeping = startHousekeeping({
      db,
      now: clock.now,
      chores: [],
      claimMaxAgeMs: HOUR,
      onError: () => {},
    })
    await housekeeping.sweep()
    await housekeeping.stop()

    const left = async (
      table: 'sessions' | 'refresh_tokens' | 'used_id_tokens' | 'one_time_codes',
    ) => (await db.selectFrom(table).select('hash').execute()).map(({ hash }) => hash)
    expect(await left('sessions')).toEqual(['live'])
    expect(await left('refresh_tokens')).toEqual(['live'])
    expect(await left('used_id_tokens')).toEqual(['live'])
    expect(await left('one_time_codes')).toEqual(['live'])
    const claims = await db.selectFrom('login_claims').select('code_hash').execute()
    expect(claims).toEqual([{ code_hash: `aged ${HOUR - 1}` }])
    await db.destroy()
  })
})
