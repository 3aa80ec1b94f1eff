import type { Db } from '../db/index.ts'

const NAME = 'reconciled_at'
const EVERY_MS = 86_400_000

/**
 * Takes today's reconciliation. The first is due a day after the first start.
 *
 * @returns Whether it is due and nobody else has taken it.
 */
export async function claimReconciliation(db: Db, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('store_facts')
    .set({ value: toText(now.getTime()) })
    .where('name', '=', NAME)
    .where('value', '<=', toText(now.getTime() - EVERY_MS))
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) return true
  await db
    .insertInto('store_facts')
    .values({ name: NAME, value: toText(now.getTime()) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return false
}

/** Milliseconds since 1970, so that the order of the texts is that of the times. */
function toText(milliseconds: number): string {
  return String(milliseconds).padStart(15, '0')
}
