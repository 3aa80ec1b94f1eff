import type { SessionConfig } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import type { User } from '../users/index.ts'
import { describeDevice } from './device.ts'
import type { Session } from './session.ts'
import {
  endSession,
  endSessionsOfUser,
  findSession,
  insertSession,
  touchSession,
  trimSessions,
} from './session-store.ts'
import { hashSecret } from './session-token.ts'

/** Use moves a session's end; it is written down at most this often. */
const TOUCH_EVERY_MS = 5 * 60_000

export interface SessionsDeps {
  readonly db: Db
  readonly config: SessionConfig
  readonly now: () => Date
}

/** Who is asking: a live session and its user. */
export interface SignedIn {
  readonly session: Session
  readonly user: User
}

export interface NewSession {
  readonly token: string
  readonly id: string
  readonly userId: string
  readonly userAgent: string | undefined
  /** The session that this browser had until now; it ends. */
  readonly replaces: string | undefined
}

/** Sessions of browsers, told apart by a token that only the browser's cookie holds. */
export interface Sessions {
  /** Begins a session. Runs in the login's transaction, given as `db`. */
  begin(db: Db, session: NewSession): Promise<Session>
  /** Finds who a token stands for, and notes that they were seen. */
  find(token: string): Promise<SignedIn | undefined>
  /** @returns How many sessions ended: one, or none when there was none. */
  end(token: string): Promise<number>
  /** Ends all sessions of the user behind the token. @returns How many ended. */
  endEverywhere(token: string): Promise<number>
}

export function createSessions({ db, config, now }: SessionsDeps): Sessions {
  function expiryAt(seenAt: Date, createdAt: Date): Date {
    return new Date(Math.min(seenAt.getTime() + config.ttlMs, createdAt.getTime() + config.maxMs))
  }

  async function touch(hash: string, session: Session, seenAt: Date): Promise<Session> {
    const touched = {
      ...session,
      lastSeenAt: seenAt,
      expiresAt: expiryAt(seenAt, session.createdAt),
    }
    await touchSession(db, hash, touched)
    return touched
  }

  return {
    async begin(transaction, { token, id, userId, userAgent, replaces }) {
      const createdAt = now()
      const session = {
        id,
        userId,
        device: describeDevice(userAgent),
        createdAt,
        lastSeenAt: createdAt,
        expiresAt: expiryAt(createdAt, createdAt),
      }
      if (replaces !== undefined) await endSession(transaction, hashSecret(replaces))
      await insertSession(transaction, hashSecret(token), session)
      await trimSessions(transaction, userId, config.perUser)
      return session
    },

    async find(token) {
      const hash = hashSecret(token)
      const seenAt = now()
      const found = await findSession(db, hash, seenAt)
      if (found === undefined) return undefined

      const isDue = seenAt.getTime() - found.session.lastSeenAt.getTime() >= TOUCH_EVERY_MS
      if (!isDue) return found
      return { ...found, session: await touch(hash, found.session, seenAt) }
    },

    async end(token) {
      return await endSession(db, hashSecret(token))
    },

    async endEverywhere(token) {
      const found = await findSession(db, hashSecret(token), now())
      return found === undefined ? 0 : await endSessionsOfUser(db, found.user.id)
    },
  }
}
