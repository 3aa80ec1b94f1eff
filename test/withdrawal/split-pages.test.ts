import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import { createSealedUserKeys } from '../../src/services.ts'
import { hashSecret } from '../../src/sessions/index.ts'
import { NOON } from '../_support/clock.ts'
import { openStoreAt, SQLITE } from '../_support/engines.ts'
import { countingBytes } from '../_support/random.ts'
import { readRawFiles } from '../_support/raw-files.ts'
import { seededRandom } from '../_support/seeded-random.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import type { World } from '../_support/world.ts'
import { leave } from './_support/leaving.ts'

const AT = NOON.getTime()
const LATER = AT + 86_400_000
/** Enough for dozens of pages. Their Kakao ids come in order, so that no index is split by them. */
const PEOPLE = Array.from({ length: 240 }, (_, index) => ({
  id: `usr_${1000 + index}`,
  kakaoId: String(7_316_000_000 + index),
  token: `the token of ${index}`,
  nickname: `별명 ${1000 + index}`,
  email: `number-${1000 + index}@example.com`,
  // As long as the e-mail: pages are split alike.
  phone_number: `+82 10-0000-${1000 + index} (${1000 + index})`,
}))
type Person = (typeof PEOPLE)[number]
const MOST_ROUNDS = 50

describe("what SQLite's pages leave behind when they are split", () => {
  let shared: SharedStore
  let world: World
  let db: Db

  beforeEach(async () => {
    shared = await createSharedStore(SQLITE)
    world = await shared.open()
    db = (await openStoreAt(shared.url)).db
  })
  afterEach(async () => {
    await db.destroy()
    await shared.close()
  })

  /** Users who share one thing, and are signed in. */
  async function addUsers(shares: 'nickname' | 'email' | 'phone_number'): Promise<void> {
    const keys = createSealedUserKeys({
      secrets: ['a secret for tests'],
      randomBytes: countingBytes(),
    })
    const begun = { kind: 'cookie', device: 'unknown', created_at: AT, last_seen_at: AT }
    await db.transaction().execute(async (transaction) => {
      for (const person of PEOPLE) {
        const { id, kakaoId: kakao_id, token } = person
        const user = { id, created_at: AT, email_verified: 0, [shares]: person[shares] }
        await transaction
          .insertInto('users')
          .values({ ...user, sealed_key: keys.create(), event_sequence: 9 })
          .execute()
        const identity = { kakao_id, user_id: id, linked_at: AT, last_login_at: AT }
        await transaction.insertInto('identities').values(identity).execute()
        const session = { id: `ses_${id}`, hash: hashSecret(token), user_id: id, kakao_id }
        await transaction
          .insertInto('sessions')
          .values({ ...begun, ...session, expires_at: LATER })
          .execute()
      }
    })
  }

  /** Lets their rows grow and shrink, in no order: pages are full, and split. */
  async function splitPages(seed: number): Promise<void> {
    const random = seededRandom(seed)
    const order = PEOPLE.map(({ id }) => ({ id, key: random() })).sort((a, b) => a.key - b.key)
    await db.transaction().execute(async (transaction) => {
      for (const { id } of order) {
        const picture = 'x'.repeat(20 + Math.floor(random() * 900))
        await transaction.updateTable('users').set({ picture }).where('id', '=', id).execute()
      }
    })
  }

  async function readFiles(): Promise<string> {
    await sql`pragma wal_checkpoint(truncate)`.execute(db)
    return (await readRawFiles(shared.url.slice('sqlite:'.length))).toString('latin1')
  }

  /** Splits pages until there is somebody with a copy that holds no Kakao id. */
  async function leaveCopy(toValue: (person: Person) => string): Promise<Person> {
    for (let seed = 1; seed <= MOST_ROUNDS; seed += 1) {
      await splitPages(seed)
      const files = await readFiles()
      const least = Math.min(...PEOPLE.map(({ kakaoId }) => count(files, kakaoId)))
      const found = PEOPLE.find(
        (person) => count(files, person.kakaoId) === least && count(files, toValue(person)) > 1,
      )
      if (found !== undefined) return found
    }
    throw new Error('of nobody a copy was left')
  }

  test.each(['nickname', 'email', 'phone_number'] as const)(
    'goes with whoever leaves: their %s',
    async (field) => {
      await addUsers(field)
      const person = await leaveCopy((one) => one[field])
      const browser = world.browser()
      browser.cookies.set('daemun_session', person.token)

      expect((await leave(browser)).status).toBe(200)
      await world.daemun.work()

      const files = await readFiles()
      expect([count(files, person.kakaoId), count(files, person[field])]).toEqual([0, 0])
    },
  )
})

/** @param files Byte by byte. */
function count(files: string, text: string): number {
  return files.split(Buffer.from(text).toString('latin1')).length - 1
}
