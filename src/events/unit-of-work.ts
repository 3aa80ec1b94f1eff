import { type Db, isDeadlock } from '../db/index.ts'
import { writeAuditLog } from './audit-log.ts'
import type { AuditNote } from './audit-note.ts'
import type { Circumstances } from './circumstances.ts'
import { type Fact, toFact } from './fact.ts'
import { createIdSource, type IdSource } from './ids.ts'
import { isRevocation } from './is-revocation.ts'
import { writeOutbox } from './outbox.ts'
import { type ToldEvent, toToldEvents } from './told-event.ts'
import type { UserEvent } from './user-event.ts'
import { countEvents, type UserKeys } from './user-keys.ts'

/** One transaction, and the facts that it makes true. */
export interface UnitOfWork {
  readonly db: Db
  /** When all of it happens. */
  readonly at: Date
  /** Tells an event, to the audit log and to the service, once the transaction is committed. */
  tell(event: UserEvent): void
  /** Writes a line into the audit log alone. */
  note(note: AuditNote): void
  /**
   * Lets no instance go on by what it has read of a user before. What is told as a revocation does
   * so by itself.
   */
  invalidate(userId: string): void
  /** Writes what was told so far. Only needed before the row of a user that it is about goes. */
  flush(): Promise<void>
  /** Runs once all is committed; a process that dies before that never runs it. */
  afterCommit(action: () => void): void
}

/**
 * Does work in one transaction: all of it with all that was told of it, or nothing. Where the store
 * ends it in favour of another, the work is done again from its beginning.
 */
export type Transact = <T>(
  circumstances: Circumstances,
  work: (unit: UnitOfWork) => Promise<T>,
) => Promise<T>

/** Who is told of events. */
export interface Audience {
  /** Where events are delivered to. */
  readonly urls: readonly string[]
  /** Told of them once they are committed; must not throw. */
  readonly onCommitted: (events: readonly ToldEvent[]) => void
}

/** What is remembered of users. */
export interface UserMemory {
  /** Has it forgotten everywhere, once the transaction is committed. */
  announce(db: Db, userIds: readonly string[]): Promise<void>
  /** Forgets it here. */
  forget(userIds: readonly string[]): void
}

export interface TransactDeps {
  readonly db: Db
  readonly userKeys: UserKeys
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
  /** Default: nobody. */
  readonly audience?: Audience
  /** Default: nothing is remembered. */
  readonly memory?: UserMemory
}

/** Each takes as long as the store needs to find the ring out: a second by default. */
const MOST_TRIES = 3

const NOBODY: Audience = { urls: [], onCommitted() {} }
const NO_MEMORY: UserMemory = { async announce() {}, forget() {} }

export function createTransact(deps: TransactDeps): Transact {
  const { db: store, memory = NO_MEMORY } = deps
  const ids = createIdSource(deps.randomBytes)

  async function tryOnce<T>(
    circumstances: Circumstances,
    work: (unit: UnitOfWork) => Promise<T>,
  ): Promise<T> {
    const afterwards: (() => void)[] = []
    const changedUsers = new Set<string>()
    const run = async (db: Db) => {
      const unit = createUnitOfWork(deps, { db, ids, circumstances, afterwards, changedUsers })
      const done = await work(unit)
      await unit.flush()
      return done
    }
    // Where the answer to a commit is lost, it may have happened.
    const result = await store
      .transaction()
      .execute(run)
      .finally(() => memory.forget([...changedUsers]))
    for (const action of afterwards) action()
    return result
  }

  return async (circumstances, work) => {
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      try {
        return await tryOnce(circumstances, work)
      } catch (error) {
        if (!isDeadlock(error)) throw error
      }
    }
    return await tryOnce(circumstances, work)
  }
}

interface Surroundings {
  readonly db: Db
  readonly ids: IdSource
  readonly circumstances: Circumstances
  readonly afterwards: (() => void)[]
  /** Of whom anything was told. */
  readonly changedUsers: Set<string>
}

function createUnitOfWork(deps: TransactDeps, within: Surroundings): UnitOfWork {
  const { db, ids, circumstances, afterwards, changedUsers } = within
  const { userKeys, audience = NOBODY, memory = NO_MEMORY } = deps
  const at = deps.now()
  const facts: Fact[] = []
  const invalid = new Set<string>()

  const tell = (fact: Fact) => {
    facts.push(fact)
    const { event } = fact
    if (event === undefined) return
    changedUsers.add(event.userId)
    if (isRevocation(event)) invalid.add(event.userId)
  }

  async function announce(): Promise<void> {
    const userIds = [...invalid]
    invalid.clear()
    if (userIds.length > 0) await memory.announce(db, userIds)
  }

  return {
    db,
    at,
    tell: (event) => tell(toFact(event)),
    note: (note) => tell({ note }),
    afterCommit: (action) => afterwards.push(action),

    invalidate(userId) {
      changedUsers.add(userId)
      invalid.add(userId)
    },

    async flush() {
      const told = { at, circumstances, facts: facts.splice(0) }
      const users = await countEvents(db, userKeys, told.facts)
      await writeAuditLog(db, { ...told, users, ids })

      const events = toToldEvents({ ...told, users, ids })
      await writeOutbox(db, audience.urls, { at, events })
      if (events.length > 0) afterwards.push(() => audience.onCommitted(events))
      await announce()
    },
  }
}
