import { createHmac } from 'node:crypto'
import type { Db } from './schema.ts'

const NAME = 'secret_fingerprint'

/**
 * Makes sure that instances sharing a store can open what the others seal. The first instance
 * leaves its secret's fingerprint; later ones must hold that secret, be it as an old one.
 *
 * @param secrets The first seals, all open.
 * @returns Whether this instance may use the store.
 */
export async function matchSecretFingerprint(
  db: Db,
  secrets: readonly [string, ...string[]],
): Promise<boolean> {
  const [current, ...old] = secrets.map(toFingerprint)
  if (current === undefined) return false

  return await db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('store_facts')
      .values({ name: NAME, value: current })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('value')
      .executeTakeFirst()
    if (inserted !== undefined) return true

    // From now on others need the new secret; where it is there already, nothing changes.
    const updated = await transaction
      .updateTable('store_facts')
      .set({ value: current })
      .where('name', '=', NAME)
      .where('value', 'in', [current, ...old])
      .returning('value')
      .executeTakeFirst()
    return updated !== undefined
  })
}

function toFingerprint(secret: string): string {
  return createHmac('sha256', secret).update('daemun secret fingerprint').digest('base64url')
}
