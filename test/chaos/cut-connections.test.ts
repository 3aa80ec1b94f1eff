import { expect, test } from 'vitest'
import { DEMO_APP } from '../../src/emulator/index.ts'
import { openStoreAt, POSTGRES } from '../_support/engines.ts'
import { addFigures } from '../_support/figures.ts'
import { watchPostgres } from '../_support/postgres-watch.ts'
import { COMMIT, startTcpProxy } from '../_support/tcp-proxy.ts'
import { APP, createWorld } from '../_support/world.ts'
import type { Failure } from './_support/asking.ts'
import { checkLedger } from './_support/check-ledger.ts'
import { LOAD_PEOPLE, startLoad } from './_support/load.ts'

const SEED = 20_261_126
const ROUNDS = 4

test('connections to PostgreSQL that are cut under load: nothing acknowledged is lost', async () => {
  const url = await POSTGRES.createUrl()
  const watch = await watchPostgres(url)
  const wire = await startTcpProxy(watch.url)
  const world = await createWorld({
    environment: { DATABASE_URL: wire.url, KAKAO_ADMIN_KEY: 'demo-admin-key' },
    emulator: { seed: { apps: [DEMO_APP], people: LOAD_PEOPLE } },
  })
  const service = {
    origin: APP,
    ask: world.daemun.fetch,
    authorize: world.kakao.authorize,
  }
  const load = startLoad(service, { seed: SEED, isExcusable: isOfTheCut })
  const cuts: readonly (() => Promise<unknown>)[] = [
    async () => wire.cut(),
    () => watch.endConnections(),
    () => wire.cutAfter(COMMIT),
    () => wire.cutAfter('returning'),
  ]

  for (let round = 0; round < ROUNDS; round += 1) {
    for (const cut of cuts) {
      await load.goesOn(8)
      load.trouble.begin()
      await cut()
      // Whoever was hit has heard of it, and the pool too.
      await load.goesOn(4)
      load.trouble.end()
    }
  }
  await load.goesOn(20)
  await load.stop()
  await world.daemun.work()

  const { ledger } = load
  const { checked, lost } = await checkLedger(ledger)
  const { requests, acknowledged, unanswered, wrong } = ledger
  addFigures('Connections cut under load, PostgreSQL', {
    cuts: ROUNDS * cuts.length,
    requests,
    acknowledged,
    'answered 503': unanswered,
    'checked afterwards': checked,
    lost: lost.length,
  })
  expect(wrong).toEqual([])
  expect(lost).toEqual([])
  expect(unanswered).toBeGreaterThan(0)
  expect(world.log.filter(({ code }) => code === 'internal')).toEqual([])
  const { db } = await openStoreAt(url)
  const departed = await db.selectFrom('departed_users').select('id').execute()
  expect(departed.map(({ id }) => id).sort()).toEqual([...ledger.departed].sort())
  expect(await db.selectFrom('jobs').select('kind').execute()).toEqual([])

  await Promise.all([world.close(), db.destroy(), watch.close()])
  await wire.close()
})

/** A clear answer, with a time to come again. */
function isOfTheCut({ status, code, retryAfter }: Failure): boolean {
  const isAway = code === 'store_unavailable' || code === 'login_interrupted'
  return status === 503 && isAway && Number(retryAfter) >= 1
}
