import { describe, expect, test } from 'vitest'
import { ENGINES, openTestStore } from '../_support/engines.ts'

const SESSION = {
  hash: 'h',
  id: 's',
  kind: 'cookie',
  device: 'unknown',
  created_at: 0,
  last_seen_at: 0,
  expires_at: 1,
}

describe.each(ENGINES)('the schema on $name', (engine) => {
  test('a session is of a user, and goes with them', async () => {
    const { db } = await openTestStore(engine)
    const insertSession = async () =>
      await db
        .insertInto('sessions')
        .values({ ...SESSION, user_id: 'u' })
        .execute()

    await expect(insertSession()).rejects.toThrow(/foreign key/i)
    await db.insertInto('users').values({ id: 'u', created_at: 0, email_verified: 0 }).execute()
    await insertSession()
    await db.deleteFrom('users').execute()

    expect(await db.selectFrom('sessions').selectAll().execute()).toEqual([])
    await db.destroy()
  })
})
