import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../_support/browser.ts'
import { runDaemunIn } from '../_support/command.ts'
import { BACKUP_WAYS, type BackupWay } from './_support/backups.ts'
import { isLinked } from './_support/find-remains.ts'
import { type Layout, startLayout } from './_support/layout.ts'
import { startLoad } from './_support/load.ts'

/** What becomes of people before and after the backup. */
const [STAYS, SIGNED_OUT, HAS_LEFT, LEAVES_LATER, JUST_CAME, COMES_LATER] = [
  '4000000001',
  '4000000002',
  '4000000003',
  '4000000004',
  '4000000005',
  '4000000006',
]
const PEOPLE = [STAYS, SIGNED_OUT, HAS_LEFT, LEAVES_LATER, JUST_CAME, COMES_LATER]
const PATIENT = { timeout: 30_000, interval: 100 }

for (const way of BACKUP_WAYS) {
  const obstacle = await way.findObstacle()
  if (obstacle !== undefined) {
    process.stderr.write(`\nSKIPPED: no backup of ${way.name} was tried: ${obstacle}\n\n`)
  }
  describe.skipIf(obstacle !== undefined)(`a backup of ${way.name}`, () => restoreWith(way))
}

function restoreWith(way: BackupWay): void {
  let folder: string
  let databaseUrl: string
  let layout: Layout

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-restore-'))
    databaseUrl = await way.create(folder)
    layout = await startLayout({ databaseUrl, nginx: undefined, people: PEOPLE })
  })
  afterEach(async () => {
    await layout.close()
    await rm(folder, { recursive: true })
  })

  test('taken under load, brings back whoever was there, and nobody who was not', async () => {
    const [stays, signedOut, hasLeft, leavesLater] = [
      await signIn(STAYS),
      await signIn(SIGNED_OUT),
      await signIn(HAS_LEFT),
      await signIn(LEAVES_LATER),
    ]
    await withoutForgetting(signedOut).post('/logout/')
    await withoutForgetting(hasLeft).delete('/me/')

    const load = startLoad(layout, { seed: 1, isExcusable: () => false })
    await load.goesOn(30)
    const file = join(folder, 'backup')
    const justCame = await signIn(JUST_CAME)
    await way.backUp(databaseUrl, file)
    await load.goesOn(30)
    const comesLater = await signIn(COMES_LATER)
    await leaveForGood(leavesLater)
    await load.stop()
    expect(load.ledger.wrong).toEqual([])

    await whileStopped(() => way.restore(databaseUrl, file))

    expect(await statusOf(stays)).toBe(200)
    expect(await statusOf(justCame)).toBe(200)
    expect(await statusOf(signedOut)).toBe(401)
    expect(await statusOf(hasLeft)).toBe(401)
    expect(await statusOf(comesLater)).toBe(401)
    // Back, until Kakao is asked who has gone.
    expect(await statusOf(leavesLater)).toBe(200)
    await reconcile()
    await expect.poll(() => statusOf(leavesLater), PATIENT).toBe(401)
    expect(await statusOf(stays)).toBe(200)

    await whileStopped(() => way.endSessions(databaseUrl))
    expect(await statusOf(stays)).toBe(401)
    expect(await statusOf(await signIn(STAYS))).toBe(200)
  }, 120_000)

  async function whileStopped(act: () => Promise<void>): Promise<void> {
    await Promise.all(layout.instances.map((instance) => instance.kill()))
    await act()
    await Promise.all(layout.instances.map((instance) => instance.start()))
  }

  async function signIn(id: string): Promise<Browser> {
    const browser = new Browser(layout.ask, layout.origin)
    const start = await browser.get('/oauth/kakao/login/')
    const back = await layout.authorize(start.headers.get('location') ?? '', { id })
    const answer = await browser.get(back)
    if (answer.status !== 200) throw new Error(`no login: ${await answer.text()}`)
    return browser
  }

  async function statusOf(browser: Browser): Promise<number> {
    return (await browser.get('/session/')).status
  }

  /** A copy of a browser: the other one keeps the cookie, however its session ends. */
  function withoutForgetting({ cookies }: Browser): Browser {
    return new Browser(layout.ask, layout.origin, new Map(cookies))
  }

  async function leaveForGood(browser: Browser): Promise<void> {
    expect((await withoutForgetting(browser).delete('/me/')).status).toBe(200)
    await expect.poll(() => isLinked(layout, LEAVES_LATER), PATIENT).toBe(false)
  }

  async function reconcile(): Promise<void> {
    const { environment } = layout
    expect(await runDaemunIn({ folder, environment }, 'reconcile')).toMatchObject({ code: 0 })
  }
}
