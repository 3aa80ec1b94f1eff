import type { Engine } from './migrate.ts'
import { READ_ONLY_TRANSACTION } from './postgres/read-only.ts'
import type { Db } from './schema.ts'

/**
 * Whether the store takes writes: a PostgreSQL may turn out to be a standby, after a failover. It is
 * asked to write nothing at all, on a connection that serves nobody again where it refuses.
 *
 * @throws Whatever else the store throws.
 */
export async function takesWrites({ db, engine }: { db: Db; engine: Engine }): Promise<boolean> {
  // What the disk under an SQLite file does not take shows only with something to write.
  if (engine === 'sqlite') return true
  try {
    await db.updateTable('migrations').set({ version: 0 }).where('version', '=', 0).execute()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === READ_ONLY_TRANSACTION)
      return false
    throw error
  }
}
