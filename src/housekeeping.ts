import { type Db, type ExpiringTable, removeExpired } from './db/index.ts'
import { createUnderWay } from './under-way.ts'

export interface HousekeepingDeps {
  readonly db: Db
  readonly now: () => Date
  /** How long a claimed code matters: as long as its attempt could come back, and its answer. */
  readonly claimMaxAgeMs: number
  /** What else is done now and then. */
  readonly chores: readonly (() => Promise<void>)[]
  readonly onError: (error: unknown) => void
  /** Told how many rows of a table were removed. */
  readonly onRemoved?: (table: string, count: number) => void
}

export interface Housekeeping {
  /** Removes all that is over, and does the chores. Rejects with what failed, once all were tried. */
  sweep(): Promise<void>
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>
}

const EVERY_MS = 60_000
/** Small enough that logins do not wait long behind it. */
const MOST_AT_ONCE = 500

/**
 * What is over at an instant of its own. Refresh tokens go with their sessions.
 *
 * Indexes: `sessions_by_expiry`, `one_time_codes_by_expiry`, `used_id_tokens_by_expiry`,
 * `seen_event_tokens_by_expiry`, `rejoin_bars_by_expiry`, `ended_links_by_expiry`,
 * `rate_counts_by_end`, `retained_access_log_by_end`, `retained_access_keys_by_end`, `retained_consents_by_end`.
 */
const EXPIRING: readonly ExpiringTable[] = [
  { table: 'sessions', key: 'hash', column: 'expires_at' },
  { table: 'one_time_codes', key: 'hash', column: 'expires_at' },
  { table: 'used_id_tokens', key: 'hash', column: 'expires_at' },
  { table: 'seen_event_tokens', key: 'hash', column: 'expires_at' },
  { table: 'rejoin_bars', key: 'kakao_id_hash', column: 'expires_at' },
  { table: 'ended_links', key: 'kakao_id_hash', column: 'expires_at' },
  { table: 'rate_counts', key: ['key', 'instance'], column: 'ends_at' },
  { table: 'retained_access_log', key: 'id', column: 'erase_at' },
  { table: 'retained_access_keys', key: 'user_id', column: 'erase_at' },
  { table: 'retained_consents', key: 'id', column: 'erase_at' },
]
/** Index: `login_claims_by_age`. */
const CLAIMS: ExpiringTable = { table: 'login_claims', key: 'code_hash', column: 'claimed_at' }

/** Removes what is over now and then: it counted as absent before. */
export function startHousekeeping(deps: HousekeepingDeps): Housekeeping {
  const { db, now, claimMaxAgeMs, chores, onError, onRemoved = () => {} } = deps
  const sweeps = createUnderWay()

  async function sweepTable(table: ExpiringTable, before: Date): Promise<void> {
    const bounds = { before, most: MOST_AT_ONCE }
    for (;;) {
      const count = await removeExpired(db, table, bounds)
      onRemoved(table.table, count)
      if (count < MOST_AT_ONCE) return
    }
  }

  async function sweepTables(): Promise<void> {
    for (const table of EXPIRING) await sweepTable(table, now())
    await sweepTable(CLAIMS, new Date(now().getTime() - claimMaxAgeMs))
  }

  /** What fails keeps nothing else from being done. */
  async function sweepAll(): Promise<void> {
    const failures: unknown[] = []
    for (const chore of [sweepTables, ...chores]) {
      await chore().catch((error: unknown) => failures.push(error))
    }
    const last = failures.pop()
    for (const failure of failures) onError(failure)
    if (last !== undefined) throw last
  }

  const sweep = async () => await sweeps.run(sweepAll)
  const timer = setInterval(() => void sweep().catch(onError), EVERY_MS)
  timer.unref()
  return {
    sweep,
    async stop() {
      clearInterval(timer)
      await sweeps.settle()
    },
  }
}
