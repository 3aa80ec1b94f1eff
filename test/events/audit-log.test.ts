import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import { ENGINES, openStoreAt, type TestEngine } from '../_support/engines.ts'
import { goToKakao, login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { loginByRelay, postForm } from '../_support/ways.ts'
import { BADA, HANEUL, SOL, type World } from '../_support/world.ts'

/** Has the database itself refuse to change a line. */
async function forbidUpdates(db: Db, { name }: TestEngine): Promise<void> {
  if (name === 'SQLite') {
    await sql`create trigger audit_log_is_fixed before update on audit_log
      begin select raise(abort, 'a line was changed'); end`.execute(db)
    return
  }
  await sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'a line was changed'; end $$`.execute(db)
  await sql`create trigger audit_log_is_fixed before update on audit_log
    for each statement execute function refuse()`.execute(db)
}

describe.each(ENGINES)('the audit log on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let db: Db

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    world = await shared.open()
    db = (await openStoreAt(shared.url)).db
  })
  afterEach(async () => {
    await db.destroy()
    await shared.close()
  })

  test('is only ever added to, and swept', async () => {
    await forbidUpdates(db, engine)
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const change = db.updateTable('audit_log').set({ result: 'failed' }).execute()
    await expect(change).rejects.toThrow('a line was changed')
    await login(world, browser, BADA)
    await world.daemun.work()
    const cancelled = await goToKakao(world, world.browser(), { ...SOL, cancels: true })
    await world.browser().get(cancelled)
    const { access_token } = await loginByRelay(world, HANEUL)
    await postForm(world, '/oauth/revoke/', { token: access_token })
    await browser.delete('/me/consents/account_email')
    await browser.post('/logout/', new URLSearchParams({ everywhere: 'true' }))
    const leaving = world.browser()
    await login(world, leaving, BADA)
    expect((await leaving.delete('/me/')).status).toBe(200)
    await world.daemun.work()

    const lines = await db.selectFrom('audit_log').select('action').execute()
    const actions = new Set(lines.map(({ action }) => action))
    for (const action of ['user.created', 'session.revoked', 'login.failed', 'user.withdrawn']) {
      expect(actions).toContain(action)
    }
    expect(world.log.filter(({ level }) => level === 'error')).toEqual([])
    world.clock.advance(3 * 365 * 86_400_000)
    await world.daemun.work()
    expect(await db.selectFrom('audit_log').select('action').execute()).toEqual([])
  })
})
