import type { Db } from '../db/index.ts'
import { toIdPrefix } from './ids.ts'

const MOST_AT_ONCE = 500

/** Removes the lines of the audit log from before an instant, some at a time. */
export async function removeAuditLogBefore(db: Db, before: Date): Promise<void> {
  for (;;) {
    const removed = await db
      .deleteFrom('audit_log')
      .where('id', 'in', (lines) =>
        lines
          .selectFrom('audit_log')
          .select('id')
          .where('id', '<', toIdPrefix('aud', before))
          .limit(MOST_AT_ONCE),
      )
      .executeTakeFirst()
    if (removed.numDeletedRows < MOST_AT_ONCE) return
  }
}
