import { type Db, prepare } from '../db/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import { createKeySealer, type Sealer } from '../jose/seal.ts'
import type { Fact } from './fact.ts'

export interface UserKeysDeps {
  /** Seals the users' keys themselves. */
  readonly sealer: Sealer
  readonly randomBytes: (size: number) => Uint8Array
}

/** A key per user, for what the audit log knows of their devices: it goes when they go. */
export interface UserKeys {
  /** Makes a key. @returns It, sealed. */
  create(): string
  /** @returns A sealer under a user's key; `undefined` when the secret it is sealed under is gone. */
  open(sealedKey: string): Sealer | undefined
}

const KEY_BYTES = 32

export function createUserKeys({ sealer, randomBytes }: UserKeysDeps): UserKeys {
  return {
    create: () => sealer.seal(encodeBase64url(randomBytes(KEY_BYTES))),

    open(sealedKey) {
      const key = sealer.open(sealedKey)
      if (key === undefined) return undefined
      return createKeySealer(Buffer.from(key, 'base64url'), randomBytes)
    },
  }
}

/** @returns Whether the key of who came last can be opened, if there is one. */
export async function opensNewestUserKey(db: Db, userKeys: UserKeys): Promise<boolean> {
  const newest = await db
    .selectFrom('users')
    .select('sealed_key')
    .where('sealed_key', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return typeof newest?.sealed_key !== 'string' || userKeys.open(newest.sealed_key) !== undefined
}

/** What the events of a user need to know of them. */
export interface EventfulUser {
  /** The number of their last event, the ones just told included. */
  readonly sequence: number
  readonly sealer: Sealer | undefined
}

/** Counts the events of each user on. Whoever is no user, or not any more, is not in the answer. */
export async function countEvents(
  db: Db,
  userKeys: UserKeys,
  facts: readonly Fact[],
): Promise<Map<string, EventfulUser>> {
  const users = new Map<string, EventfulUser>()
  for (const [userId, more] of countByUser(facts)) {
    const user = await advance(db, userKeys, { userId, more })
    if (user !== undefined) users.set(userId, user)
  }
  return users
}

function countByUser(facts: readonly Fact[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { note, event } of facts) {
    if (note.userId === undefined) continue
    counts.set(note.userId, (counts.get(note.userId) ?? 0) + (event === undefined ? 0 : 1))
  }
  return counts
}

async function advance(
  db: Db,
  userKeys: UserKeys,
  { userId, more }: { userId: string; more: number },
): Promise<EventfulUser | undefined> {
  const { rows } = await addToSequence(db, { userId, more })
  const [row] = rows
  if (row === undefined) return undefined

  const sealedKey = row.sealed_key ?? (await giveKey(db, userKeys, userId))
  return { sequence: row.event_sequence, sealer: userKeys.open(sealedKey) }
}

const addToSequence = prepare((db, events: { userId: string; more: number }) =>
  db
    .updateTable('users')
    .set(({ eb }) => ({ event_sequence: eb('event_sequence', '+', events.more) }))
    .where('id', '=', events.userId)
    .returning(['event_sequence', 'sealed_key']),
)

/** At a user's first event; those of an older version have none yet. */
async function giveKey(db: Db, userKeys: UserKeys, userId: string): Promise<string> {
  const sealedKey = userKeys.create()
  await db.updateTable('users').set({ sealed_key: sealedKey }).where('id', '=', userId).execute()
  return sealedKey
}
