import type { Config } from '../config/index.ts'
import { type Db, isStoreUnavailable, type StoreWatch } from '../db/index.ts'
import type {
  Circumstances,
  SessionEndReason,
  SignInMethod,
  Transact,
  UnitOfWork,
} from '../events/index.ts'
import { lockUser } from '../users/index.ts'
import type { Session, SessionKind } from './session.ts'
import type { SessionMemory } from './session-memory.ts'
import {
  type EndedSession,
  endSession,
  endSessionsOfUser,
  findSession,
  insertSession,
  listSessions,
  removeCodesOfUser,
  type SignedIn,
  touchSession,
  trimSessions,
} from './session-store.ts'
import { hashSecret } from './session-token.ts'
import { tellEnded } from './tell-ended.ts'

/** Use moves a session's end; it is written down at most this often. */
const TOUCH_EVERY_MS = 5 * 60_000

export interface SessionsDeps {
  readonly db: Db
  readonly watch: StoreWatch
  readonly memory: SessionMemory
  readonly transact: Transact
  readonly config: Pick<Config, 'sessions' | 'tokens'>
  readonly now: () => Date
}

export interface NewSession {
  readonly id: string
  readonly userId: string
  readonly kakaoId: string | null
  readonly kind: SessionKind
  readonly method: SignInMethod
  /** What the browser's cookie holds; with tokens, something that nobody is told. */
  readonly token: string
  readonly device: string
}

/** Why sessions end, and who ends them. */
export interface SessionEnding {
  readonly reason: SessionEndReason
  readonly circumstances: Circumstances
}

/** Who is signed in where. */
export interface Sessions {
  /** Begins a session, within the transaction of the sign-in, and tells so. */
  begin(unit: UnitOfWork, session: NewSession): Promise<Session>
  /** Finds who a cookie stands for, and notes that they were seen. */
  findByCookie(token: string): Promise<SignedIn | undefined>
  /** Finds who an access token's `sid` stands for, and notes that they were seen. */
  findById(id: string): Promise<SignedIn | undefined>
  /** Finds a session as the store has it now, whatever is remembered. Nobody counts as seen. */
  findStored(id: string): Promise<SignedIn | undefined>
  /** A user's live sessions, the one begun last first. */
  list(userId: string): Promise<Session[]>
  /** @returns How many ended: one, or none when the user has no such session. */
  end(session: Pick<Session, 'id' | 'userId'>, ending: SessionEnding): Promise<number>
  /** Ends the session of a cookie that another one takes the place of, within its transaction. */
  replace(unit: UnitOfWork, token: string): Promise<void>
  /** @returns How many ended. */
  endAll(userId: string, ending: SessionEnding): Promise<number>
  /** When a session seen at that instant ends. */
  expiryAt(seenAt: Date, session: Pick<Session, 'kind' | 'createdAt'>): Date
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { db, watch, memory, transact, config, now } = deps
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
    const see = async () =>
      await touchIfDue(await findSession(db, { column, value }, seenAt), seenAt)
    if (!watch.isCurrent()) return await see()

    const remembered = memory.find(value)
    if (remembered === undefined || isDueOrOver(remembered.session, seenAt)) {
      return await memory.read(value, see)
    }
    return remembered
  }

  async function touchIfDue(
    found: SignedIn | undefined,
    seenAt: Date,
  ): Promise<SignedIn | undefined> {
    if (found === undefined || !isDue(found.session, seenAt)) return found
    const expiresAt = expiryAt(seenAt, found.session)
    const session = { ...found.session, lastSeenAt: seenAt, expiresAt }
    try {
      return (await touchSession(db, session)) ? { ...found, session } : undefined
    } catch (error) {
      // Whoever is signed in still is where the store can be read just now, and not written.
      if (!isStoreUnavailable(error)) throw error
      return found
    }
  }

  async function endAndTell(
    unit: UnitOfWork,
    { userId, reason }: { userId: string; reason: SessionEndReason },
    end: (db: Db) => Promise<readonly EndedSession[]>,
  ): Promise<number> {
    await lockUser(unit.db, userId)
    const ended = await end(unit.db)
    tellEnded(unit, ended, reason)
    return ended.length
  }

  return {
    async begin(unit, { token, method, ...begun }) {
      await lockUser(unit.db, begun.userId)
      const createdAt = unit.at
      const expiresAt = expiryAt(createdAt, { kind: begun.kind, createdAt })
      const session = {
        ...begun,
        createdAt,
        lastSeenAt: createdAt,
        expiresAt,
        isNoLongerRecent: false,
      }
      await insertSession(unit.db, hashSecret(token), session)
      unit.tell({
        type: 'user.signed_in',
        userId: session.userId,
        data: { session_id: session.id, method },
      })
      const trimmed = await trimSessions(unit.db, session, config.sessions.perUser)
      tellEnded(unit, trimmed, 'limit')
      return session
    },

    findByCookie: async (token) => await find('hash', hashSecret(token)),
    findById: async (id) => await find('id', id),
    findStored: async (id) => await findSession(db, { column: 'id', value: id }, now()),
    list: async (userId) => await listSessions(db, userId, now()),
    end: async (session, { reason, circumstances }) =>
      await transact(circumstances, async (unit) => {
        const { userId } = session
        return await endAndTell(unit, { userId, reason }, (db) => endSession(db, session))
      }),

    endAll: async (userId, { reason, circumstances }) =>
      await transact(circumstances, async (unit) => {
        // First: one that is being exchanged has begun its session by the time the sessions go.
        await removeCodesOfUser(unit.db, userId)
        return await endAndTell(unit, { userId, reason }, (db) => endSessionsOfUser(db, userId))
      }),

    async replace(unit, token) {
      const replaced = await findSession(
        unit.db,
        { column: 'hash', value: hashSecret(token) },
        unit.at,
      )
      if (replaced === undefined) return
      const { session } = replaced
      const ending = { userId: session.userId, reason: 'replaced' } as const
      await endAndTell(unit, ending, (db) => endSession(db, session))
    },

    expiryAt,
  }
}

function isDue({ lastSeenAt }: Session, seenAt: Date): boolean {
  return seenAt.getTime() - lastSeenAt.getTime() >= TOUCH_EVERY_MS
}

/** Others may have moved its end since: the store decides. */
function isDueOrOver(session: Session, seenAt: Date): boolean {
  return isDue(session, seenAt) || session.expiresAt <= seenAt
}
