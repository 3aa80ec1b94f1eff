import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { createEraser, type Db, type Eraser } from '../../src/db/index.ts'
import { NOON } from '../_support/clock.ts'
import { openStoreAt } from '../_support/engines.ts'
import { readRawFiles } from '../_support/raw-files.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { insertFact } from './_support/facts.ts'

/** Ten digits each, as Kakao's ids are, in no order: pages are split all over. */
function toKakaoId(index: number): string {
  const digest = createHash('sha256').update(`person ${index}`).digest()
  return String(1_000_000_000 + digest.readUInt32BE())
}

async function signUp(db: Db, index: number): Promise<void> {
  const at = NOON.getTime()
  const id = `usr_${index}`
  await db.insertInto('users').values({ id, created_at: at, email_verified: 0 }).execute()
  const identity = { kakao_id: toKakaoId(index), user_id: id, linked_at: at, last_login_at: at }
  await db.insertInto('identities').values(identity).execute()
  for (const item of ['account_email', 'profile_image', 'profile_nickname']) {
    const consent = { kakao_id: toKakaoId(index), kind: 'item', id: item, agreed: 1, path: 'login' }
    await db
      .insertInto('consents')
      .values({ ...consent, since: at, changes: 1 })
      .execute()
    await db
      .insertInto('consent_changes')
      .values({ ...consent, number: 1, at })
      .execute()
  }
}

function openEraser(db: Db): Eraser {
  return createEraser({
    db,
    onError(error) {
      throw error
    },
  })
}

const PEOPLE = 1001
const AT_ONCE = 50
const STAYING = `usr_${PEOPLE - 1}`

describe('the files of an SQLite database', () => {
  test('hold nothing of what went while they were being emptied', async (context) => {
    const { path, url } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const eraser = openEraser(db)
    const other = new DatabaseSync(path)
    const removeFacts = other.prepare('delete from store_facts')

    for (let steps = 0; steps < 60; steps += 1) {
      await insertFact(db, 'gone')
      eraser.erase([])
      for (let step = 0; step < steps; step += 1) await Promise.resolve()
      removeFacts.run()
      eraser.erase([])
      await eraser.settle()
      expect([steps, (await stat(`${path}-wal`)).size]).toEqual([steps, 0])
    }
    other.close()
    await db.destroy()
  })

  test('hold nothing in their journal that is gone', async (context) => {
    const { path, url } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    await signUp(db, 1)
    await db.deleteFrom('users').execute()
    expect((await readRawFiles(path)).includes(toKakaoId(1))).toBe(true)

    const eraser = openEraser(db)
    eraser.erase([])
    await eraser.settle()

    expect((await readRawFiles(path)).includes(toKakaoId(1))).toBe(false)
    await db.destroy()
  })

  test('hold no copy that a page left behind when it was split', async (context) => {
    const { path, url } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const eraser = openEraser(db)
    await db.transaction().execute(async (transaction) => {
      for (let index = 0; index < PEOPLE; index += 1) await signUp(transaction, index)
    })
    const left = await findLeftBehind(db, { path, eraser })
    expect(left).toBeDefined()

    eraser.erase([left ?? ''])
    await eraser.settle()

    expect((await readRawFiles(path)).includes(left ?? '')).toBe(false)
    expect(await db.selectFrom('users').select('id').where('id', '=', STAYING).execute()).toEqual([
      { id: STAYING },
    ])
    await db.destroy()
  })

  /** Removes users until one of their ids is still in the file though its journal is empty. */
  async function findLeftBehind(
    db: Db,
    { path, eraser }: { path: string; eraser: Eraser },
  ): Promise<string | undefined> {
    for (let begin = 0; begin < PEOPLE - 1; begin += AT_ONCE) {
      const indexes = Array.from({ length: AT_ONCE }, (_, offset) => begin + offset)
      for (const index of indexes) {
        await db.deleteFrom('users').where('id', '=', `usr_${index}`).execute()
      }
      eraser.erase([])
      await eraser.settle()
      const raw = await readRawFiles(path)
      const left = indexes.map(toKakaoId).find((id) => raw.includes(id))
      if (left !== undefined) return left
    }
    return undefined
  }

  test('another process that reads is waited for', async (context) => {
    const { path, url } = await createSqliteFile(context)
    const { db } = await openStoreAt(url)
    const { db: other } = await openStoreAt(url)
    await signUp(db, 1)
    const { promise: isRead, resolve: stopReading } = Promise.withResolvers<void>()
    const reading = other.transaction().execute(async (transaction) => {
      await transaction.selectFrom('users').select('id').execute()
      await isRead
    })

    const eraser = openEraser(db)
    eraser.erase([])
    setImmediate(stopReading)
    await Promise.all([reading, eraser.settle()])

    await db.deleteFrom('users').execute()
    eraser.erase([toKakaoId(1)])
    await eraser.settle()
    expect((await readRawFiles(path)).includes(toKakaoId(1))).toBe(false)
    await Promise.all([db.destroy(), other.destroy()])
  })
})
