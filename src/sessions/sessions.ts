import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import type { Session, SessionKind } from './session.ts'
import {
  endSession,
  endSessionOfCookie,
  endSessionsOfUser,
  findSession,
  insertSession,
  listSessions,
  type SignedIn,
  touchSession,
  trimSessions,
} from './session-store.ts'
import { hashSecret } from './session-token.ts'

/** Use moves a session's end; it is written down at most this often. */
const TOUCH_EVERY_MS = 5 * 60_000

export interface SessionsDeps {
  readonly db: Db
  readonly config: Pick<Config, 'sessions' | 'tokens'>
  readonly now: () => Date
}

export interface NewSession {
  readonly id: string
  readonly userId: string
  readonly kind: SessionKind
  /** What the browser's cookie holds; with tokens, something that nobody is told. */
  readonly token: string
  readonly device: string
}

/** Who is signed in where. */
export interface Sessions {
  /** Begins a session, within the transaction of the sign-in. */
  begin(db: Db, session: NewSession): Promise<Session>
  /** Finds who a cookie stands for, and notes that they were seen. */
  findByCookie(token: string): Promise<SignedIn | undefined>
  /** Finds who an access token's `sid` stands for, and notes that they were seen. */
  findById(id: string): Promise<SignedIn | undefined>
  /** A user's live sessions, the one begun last first. */
  list(userId: string): Promise<Session[]>
  /** @returns How many ended: one, or none when the user has no such session. */
  end(session: Pick<Session, 'id' | 'userId'>): Promise<number>
  /** Ends the session of a cookie, within a transaction. */
  endByCookie(db: Db, token: string): Promise<void>
  /** @returns How many ended. */
  endAll(userId: string): Promise<number>
  /** When a session seen at that instant ends. */
  expiryAt(seenAt: Date, session: Pick<Session, 'kind' | 'createdAt'>): Date
}

export function createSessions({ db, config, now }: SessionsDeps): Sessions {
  const limits: Record<SessionKind, { ttlMs: number; maxMs: number }> = {
    cookie: config.sessions,
    token: { ttlMs: config.tokens.refreshTtlMs, maxMs: config.tokens.refreshMaxMs },
  }

  function expiryAt(seenAt: Date, { kind, createdAt }: Pick<Session, 'kind' | 'createdAt'>): Date {
    const { ttlMs, maxMs } = limits[kind]
    return new Date(Math.min(seenAt.getTime() + ttlMs, createdAt.getTime() + maxMs))
  }

  async function find(column: 'hash' | 'id', value: string): Promise<SignedIn | undefined> {
    const seenAt = now()
    const found = await findSession(db, { column, value }, seenAt)
    if (found === undefined) return undefined

    const isDue = seenAt.getTime() - found.session.lastSeenAt.getTime() >= TOUCH_EVERY_MS
    if (!isDue) return found
    const expiresAt = expiryAt(seenAt, found.session)
    const session = { ...found.session, lastSeenAt: seenAt, expiresAt }
    await touchSession(db, session)
    return { ...found, session }
  }

  return {
    async begin(transaction, { id, userId, kind, token, device }) {
      const createdAt = now()
      const expiresAt = expiryAt(createdAt, { kind, createdAt })
      const session = { id, userId, kind, device, createdAt, lastSeenAt: createdAt, expiresAt }
      await insertSession(transaction, hashSecret(token), session)
      await trimSessions(transaction, userId, config.sessions.perUser)
      return session
    },

    findByCookie: async (token) => await find('hash', hashSecret(token)),
    findById: async (id) => await find('id', id),
    list: async (userId) => await listSessions(db, userId, now()),
    end: async (session) => await endSession(db, session),
    endByCookie: async (transaction, token) => {
      await endSessionOfCookie(transaction, hashSecret(token))
    },
    endAll: async (userId) => await endSessionsOfUser(db, userId),
    expiryAt,
  }
}
