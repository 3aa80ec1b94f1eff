import { describe, expect, test } from 'vitest'
import { type Db, prepare } from '../../src/db/index.ts'
import { ENGINES, openTestStore } from '../_support/engines.ts'

const insert = prepare((db, fact: { name: string; value: string }) =>
  db.insertInto('store_facts').values(fact),
)
const select = prepare((db, { name }: { name: string }) =>
  db.selectFrom('store_facts').select('value').where('name', '=', name).where('value', '!=', 'no'),
)
const update = prepare((db, { name, ...change }: { name: string; value: string }) =>
  db.updateTable('store_facts').set(change).where('name', '=', name),
)

describe.each(ENGINES)('a statement made once, on $name', (engine) => {
  test('is asked with other values each time', async () => {
    const { db } = await openTestStore(engine)

    await insert(db, { name: 'one', value: '1' })
    await insert(db, { name: 'two', value: '2' })

    expect((await select(db, { name: 'one' })).rows).toEqual([{ value: '1' }])
    expect((await select(db, { name: 'two' })).rows).toEqual([{ value: '2' }])
    expect((await select(db, { name: 'three' })).rows).toEqual([])
    await db.destroy()
  })

  test('takes the fields in any order, and says how many rows it changed', async () => {
    const { db } = await openTestStore(engine)
    await insert(db, { value: '1', name: 'one' })

    const changed = await update(db, { value: 'other', name: 'one' })

    expect(changed.numAffectedRows).toBe(1n)
    expect((await update(db, { value: 'x', name: 'two' })).numAffectedRows).toBe(0n)
    expect((await select(db, { name: 'one' })).rows).toEqual([{ value: 'other' }])
    await db.destroy()
  })

  test('is part of the transaction that it is asked in', async () => {
    const { db } = await openTestStore(engine)
    const undone = db.transaction().execute(async (transaction) => {
      await insert(transaction, { name: 'one', value: '1' })
      expect((await select(transaction, { name: 'one' })).rows).toHaveLength(1)
      throw new Error('changed our mind')
    })

    await expect(undone).rejects.toThrow('changed our mind')
    expect((await select(db, { name: 'one' })).rows).toEqual([])
    await db.destroy()
  })

  test('is not asked with a field missing or too many', async () => {
    const { db } = await openTestStore(engine)
    await insert(db, { name: 'one', value: '1' })

    await expect(askLoosely(insert, db, { name: 'two' })).rejects.toThrow(TypeError)
    await expect(askLoosely(insert, db, { name: 'two', valeu: '2' })).rejects.toThrow(TypeError)
    await expect(askLoosely(insert, db, { name: 'two', value: '2', more: '3' })).rejects.toThrow(
      TypeError,
    )
    await db.destroy()
  })
})

/** As a caller would whose optional fields the compiler cannot tell from others. */
async function askLoosely(ask: typeof insert, db: Db, input: Record<string, string>) {
  return await ask(db, input as { name: string; value: string })
}
