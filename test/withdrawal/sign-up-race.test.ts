import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { POSTGRES } from '../_support/engines.ts'
import { goToKakao, readJson } from '../_support/login.ts'
import { type PostgresWatch, watchPostgres } from '../_support/postgres-watch.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { isLinked, leave } from './_support/leaving.ts'

const GATE = 7_316_024
/** Whoever waits for each other does so within a moment. */
const SOON = { timeout: 30_000, interval: 10 }

/** On SQLite sign-ups and withdrawals come one after the other. */
describe('two sign-ups of one person at once, and a withdrawal, on PostgreSQL', () => {
  let shared: SharedStore
  let world: World
  let watch: PostgresWatch
  let keeper: pg.Client

  beforeEach(async () => {
    shared = await createSharedStore(POSTGRES)
    watch = await watchPostgres(shared.url)
    world = await shared.open({ environment: { DATABASE_URL: watch.url } })
    keeper = new pg.Client({ connectionString: shared.url })
    await keeper.connect()
    await keeper.query(`
      create function pass_gate() returns trigger language plpgsql as
        $$ begin perform pg_advisory_xact_lock(${GATE}); return new; end $$;
      create trigger gate before insert on users for each row execute function pass_gate();
      select pg_advisory_lock(${GATE})`)
  })
  afterEach(async () => {
    await keeper.end()
    await shared.close()
    await watch.close()
  })

  /** Waits until somebody has come as far as to be made a user. */
  const waitForOneAtGate = async () =>
    await expect
      .poll(async () => {
        const waiting = `select 1 from pg_locks where objid = ${GATE} and not granted`
        return (await keeper.query(waiting)).rowCount
      }, SOON)
      .toBe(1)

  test('the one that the withdrawal has not seen keeps the link', async () => {
    const [first, second] = [world.browser(), world.browser()]
    const callbacks = [
      await goToKakao(world, first, HANEUL),
      await goToKakao(world, second, HANEUL),
    ] as const
    const signingUp = first.get(callbacks[0])
    await waitForOneAtGate()
    const comingToo = second.get(callbacks[1])
    await expect.poll(() => watch.countWaiting(), SOON).toBe(2)

    // One passes: the other has looked for an unlink to come, and found none, before there is one.
    const closing = keeper.query(`select pg_advisory_unlock(${GATE}), pg_advisory_lock(${GATE})`)
    expect((await signingUp).status).toBe(200)
    await closing
    await waitForOneAtGate()
    expect((await leave(first)).status).toBe(200)
    await keeper.query(`select pg_advisory_unlock(${GATE})`)

    expect(await readJson(await comingToo)).toMatchObject({ is_new_user: true })
    await world.daemun.work()
    world.clock.advance(3_600_000)
    await world.daemun.work()
    expect(await isLinked(world, HANEUL)).toBe(true)
    expect((await second.get('/session/')).status).toBe(200)
  })
})
