import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL } from '../_support/world.ts'

describe.each(ENGINES)('where a newer version has migrated the store on $name', (engine) => {
  let shared: SharedStore

  beforeEach(async () => {
    shared = await createSharedStore(engine)
  })
  afterEach(async () => await shared.close())

  /** As a later version may: what is there stays, and what comes needs nothing of us. */
  async function migrateFurther(): Promise<void> {
    const { db } = await openStoreAt(shared.url)
    for (const table of ['users', 'sessions', 'identities', 'login_claims', 'jobs', 'audit_log']) {
      await sql`alter table ${sql.table(table)} add column later text default 'later'`.execute(db)
    }
    await db.schema.createTable('later').addColumn('id', 'text').execute()
    await db.insertInto('migrations').values({ version: 9999, applied_at: 0 }).execute()
    await db.destroy()
  }

  test('an instance of this one goes on, and another one starts', async () => {
    const running = await shared.open()
    const browser = running.browser()
    await login(running, browser, HANEUL)

    await migrateFurther()

    expect((await browser.get('/session/')).status).toBe(200)
    expect((await login(running, running.browser(), BADA)).status).toBe(200)
    const started = await shared.open()
    expect((await login(started, started.browser(), HANEUL)).status).toBe(200)
    expect((await browser.post('/logout/')).status).toBe(200)
  })
})
