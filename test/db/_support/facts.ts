import type { Db } from '../../../src/db/index.ts'

/** Writes a row that means nothing. */
export async function insertFact(db: Db, name: string): Promise<void> {
  await db.insertInto('store_facts').values({ name, value: '' }).execute()
}

export async function listFacts(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('store_facts').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name)
}
