import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { addFigures } from '../_support/figures.ts'
import { seededRandom } from '../_support/seeded-random.ts'
import { createSharedUrl } from '../_support/shared-store.ts'
import type { Failure } from './_support/asking.ts'
import { checkLedger } from './_support/check-ledger.ts'
import { expectNothingYet, expectToHappen } from './_support/expect-write.ts'
import { findRemains } from './_support/find-remains.ts'
import { holdWrites } from './_support/hold-writes.ts'
import { type Layout, startLayout } from './_support/layout.ts'
import { type Load, startLoad } from './_support/load.ts'
import { findNginx } from './_support/nginx.ts'
import { prepareWrites, WRITERS, WRITES_ENVIRONMENT } from './_support/writes.ts'

/** The engine of several machines is the one of which ten were promised. */
const KILLS = { SQLite: 3, PostgreSQL: 10 }
const SEED = 20_261_126
const LOOKS = 20
const WRITER_IDS = Array.from({ length: WRITERS }, (_, index) => String(4_000_000_000 + index))
const nginx = findNginx()

describe.each(ENGINES)('two instances on $name', (engine) => {
  let folder: string
  let databaseUrl: string
  let layout: Layout

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-chaos-'))
    databaseUrl = await createSharedUrl(engine, folder)
    layout = await startLayout({
      databaseUrl,
      nginx,
      environment: WRITES_ENVIRONMENT,
      people: WRITER_IDS,
    })
  })
  afterEach(async () => {
    await layout.close()
    await rm(folder, { recursive: true })
  })

  const kills = KILLS[engine.name]

  test(`one is killed ${kills} times under load: nothing acknowledged is lost`, async () => {
    const random = seededRandom(SEED)
    const load = startLoad(layout, { seed: SEED, isExcusable: isOfTheKilled })
    for (let kill = 0; kill < kills; kill += 1) {
      await load.goesOn(5 + Math.floor(random() * 15))
      await killAndRestart(load, kill % 2)
    }
    await load.goesOn(20)
    await load.stop()

    const { ledger } = load
    const { checked, lost } = await checkLedger(ledger)
    const { requests, acknowledged, unanswered, wrong } = ledger
    addFigures(`SIGKILL of one of two instances, ${engine.name}, ${nginx ? 'nginx' : 'no nginx'}`, {
      kills,
      requests,
      acknowledged,
      'without an answer': unanswered,
      'signed in': ledger.live.size,
      'signed out': ledger.ended.size,
      withdrawn: ledger.departed.size,
      'checked afterwards': checked,
      lost: lost.length,
    })
    expect(wrong).toEqual([])
    expect(lost).toEqual([])
    expect(ledger.departed.size).toBeGreaterThan(0)
    expect(await findRemains(layout, { databaseUrl, ledger })).toEqual([])
    expect(await layout.nginx?.readLogs()).not.toMatch(/code=|state=/)
  }, 300_000)

  test('each is told to stop, and started again, as for a new version: nothing is lost', async () => {
    const load = startLoad(layout, { seed: SEED, isExcusable: isOfTheStopped })
    for (const instance of layout.instances) {
      await load.goesOn(10)
      load.trouble.begin()
      expect(await instance.stop()).toBe(0)
      load.trouble.end()
      await load.goesOn(10)
      await instance.start()
      await layout.nginx?.hasReached(instance.port)
    }
    await load.stop()

    const { ledger } = load
    const { checked, lost } = await checkLedger(ledger)
    addFigures(`SIGTERM of each of two instances in turn, ${engine.name}`, {
      stops: layout.instances.length,
      requests: ledger.requests,
      acknowledged: ledger.acknowledged,
      'without an answer': ledger.unanswered,
      'checked afterwards': checked,
      lost: lost.length,
    })
    expect(ledger.wrong).toEqual([])
    expect(lost).toEqual([])
  }, 300_000)

  test('both are killed before anything is written: nothing was acknowledged, or has happened', async () => {
    const writes = await prepareWrites(layout, WRITER_IDS)
    const letGo = await holdWrites(databaseUrl)
    const acknowledged: string[] = []
    const asking = writes.map(async ({ name, ask }) => {
      const answer = await ask().catch(() => undefined)
      if (answer?.ok) acknowledged.push(name)
    })
    // Whatever does not wait for the store is answered before these are.
    for (let look = 0; look < LOOKS; look += 1) {
      for (const { ask } of layout.instances) expect((await ask('/session/')).status).toBe(401)
    }

    await Promise.all(layout.instances.map((instance) => instance.kill()))
    await Promise.all(asking)
    await letGo()
    await Promise.all(layout.instances.map((instance) => instance.start()))
    // nginx leaves alone for a while whoever did not answer.
    const lookThere = async () => (await layout.ask(new Request(`${layout.origin}/healthz`))).status
    await expect.poll(lookThere, { timeout: 30_000 }).toBe(200)

    expect(acknowledged).toEqual([])
    await Promise.all(writes.map(expectNothingYet))
    // The code of a login may have been taken by whoever is dead now.
    const again = writes.filter(({ name }) => !name.endsWith('begun before'))
    await Promise.all(again.map(expectToHappen))
  }, 300_000)

  /** Whoever waits for the dead one gives up once it is back, and tries again. */
  async function killAndRestart({ trouble, whoWaits, goesOn }: Load, index: number): Promise<void> {
    const instance = layout.instances[index === 0 ? 0 : 1]
    trouble.begin()
    await instance.kill()
    const giveUp = whoWaits()
    trouble.end()
    // The other one alone.
    await goesOn(5)
    await instance.start()
    giveUp()
    // Else the next kill would hit the only one that nginx knows to be there.
    await layout.nginx?.hasReached(instance.port)
  }
})

/** No answer, nginx's own words for that, or a callback whose code the dead one had taken. */
function isOfTheKilled({ status, code, error }: Failure): boolean {
  return error !== undefined || status === 502 || status === 504 || code === 'login_interrupted'
}

/** A connection that the kernel took at the very instant at which the door was shut. */
function isOfTheStopped({ status, error }: Failure): boolean {
  return error !== undefined || status === 502
}
