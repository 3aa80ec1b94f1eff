import { sql } from 'kysely'
import type { Db } from '../schema.ts'

/**
 * A database may hold several stores, each in a schema of its own: the one that holds the tables,
 * whichever others an instance's search path begins with.
 */
const CHANNEL = sql<string>`(
  select 'daemun_' || substr(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 1, 16)
  from pg_class, cast(relnamespace::regnamespace as text) as name
  where oid = to_regclass('sessions'))`

/** What instances tell each other. */
export type Message =
  /** What was read of this user stands no more. */
  | { readonly about: 'user'; readonly id: string }
  /** Told to oneself, to see whether one hears. */
  | { readonly about: 'beat'; readonly from: string; readonly sentAt: number }

/** Finds what to listen to. The listening connection may have another search path. */
export async function readChannel(db: Db): Promise<string> {
  const { rows } = await sql<{ channel: string }>`select ${CHANNEL} as channel`.execute(db)
  return rows[0]?.channel ?? ''
}

/**
 * Sends, at the commit, to all who listen.
 *
 * @see [PostgreSQL: NOTIFY](https://www.postgresql.org/docs/current/sql-notify.html)
 */
export async function send(db: Db, messages: readonly Message[]): Promise<void> {
  const texts = messages.map(toText)
  await sql`select pg_notify(${CHANNEL}, text) from unnest(${texts}::text[]) as text`.execute(db)
}

function toText(message: Message): string {
  if (message.about === 'user') return `user ${message.id}`
  return `beat ${message.from} ${message.sentAt}`
}

/** @returns `undefined`: a later version says something that we do not know. */
export function parseMessage(text: string): Message | undefined {
  const [about, first = '', second] = text.split(' ')
  if (about === 'user') return { about, id: first }
  if (about === 'beat') return { about, from: first, sentAt: Number(second) }
  return undefined
}
