import type { Db } from '../db/index.ts'

const NAME = 'resealed_under'

/** @returns The fingerprint of the key that everything was last put under. */
export async function readResealed(db: Db): Promise<string | undefined> {
  const row = await db
    .selectFrom('store_facts')
    .select('value')
    .where('name', '=', NAME)
    .executeTakeFirst()
  return row?.value
}

export async function noteResealed(db: Db, fingerprint: string): Promise<void> {
  await db
    .insertInto('store_facts')
    .values({ name: NAME, value: fingerprint })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: fingerprint }))
    .execute()
}
