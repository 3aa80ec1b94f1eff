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
  return await db.transaction().execute(async (within) => await matchWithin(within, secrets))
}

/** {@link matchSecretFingerprint} within a transaction. */
export async function matchWithin(
  db: Db,
  secrets: readonly [string, ...string[]],
): Promise<boolean> {
  const [current, ...old] = toFingerprints(secrets)
  const inserted = await db
    .insertInto('store_facts')
    .values({ name: NAME, value: current })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('value')
    .executeTakeFirst()
  if (inserted !== undefined) return true

  // From now on others need the new secret; where it is there already, nothing changes.
  const updated = await db
    .updateTable('store_facts')
    .set({ value: current })
    .where('name', '=', NAME)
    .where('value', 'in', [current, ...old])
    .returning('value')
    .executeTakeFirst()
  return updated !== undefined
}

/** Says under which secret a store is from now on, whatever it was before. */
export async function writeSecretFingerprint(
  db: Db,
  secrets: readonly [string, ...string[]],
): Promise<void> {
  const [value] = toFingerprints(secrets)
  await db
    .insertInto('store_facts')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

function toFingerprints([first, ...others]: readonly [string, ...string[]]): [string, ...string[]] {
  return [toFingerprint(first), ...others.map(toFingerprint)]
}

function toFingerprint(secret: string): string {
  return createHmac('sha256', secret).update('daemun secret fingerprint').digest('base64url')
}
