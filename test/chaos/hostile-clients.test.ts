import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFigures } from '../_support/figures.ts'
import { seededRandom } from '../_support/seeded-random.ts'
import { makeEveryBody, makeGarbage, sendNoHttp } from './_support/garbage.ts'
import { LOAD_PEOPLE } from './_support/load.ts'
import { type LoneServer, loginAt, startLoneServer } from './_support/lone-server.ts'
import { openSlowClients } from './_support/slow-clients.ts'

const SEED = 20_261_126
const SLOW_CLIENTS = 1000
const LOGINS = 25
const GARBAGE_AT_ONCE = 8
/** Far above what it takes, and far below what a leak for each request would come to. */
const MOST_MEGABYTES = 350

let folder: string
let service: LoneServer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-hostile-'))
  service = await startLoneServer(folder, `sqlite:${join(folder, 'daemun.db')}`)
})
afterEach(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

/** Ordinary people, one after the other. @returns What was answered to their logins and checks. */
async function useService(meanwhile: () => void = () => {}): Promise<number[]> {
  const statuses: number[] = []
  for (const person of LOAD_PEOPLE.slice(0, LOGINS)) {
    meanwhile()
    const browser = service.browser()
    const answer = await loginAt(service, browser, person)
    statuses.push(answer.status, (await browser.get('/session/')).status)
  }
  return statuses
}

const ALL_WELL = Array.from({ length: 2 * LOGINS }, () => 200)

/** The memory of the server, where the system tells it. */
async function readMegabytes(): Promise<number> {
  const path = `/proc/${service.server.pid}/status`
  if (!existsSync(path)) return 0
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(path, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

test('a thousand connections held open slowly: all logins succeed', async () => {
  const slow = await openSlowClients(service.port, SLOW_CLIENTS)
  const atFirst = slow.countOpen()

  const statuses = await useService(slow.drip)

  const [open, megabytes] = [slow.countOpen(), await readMegabytes()]
  slow.close()
  addFigures('Connections held open slowly', {
    connections: atFirst,
    'open after the logins': open,
    logins: LOGINS,
    'logins that failed': statuses.filter((status) => status !== 200).length,
    'MB of memory': megabytes,
  })
  // Those that ask for nothing more are let go after a while.
  expect(atFirst).toBeGreaterThan(SLOW_CLIENTS / 2)
  expect(statuses).toEqual(ALL_WELL)
  expect(megabytes).toBeLessThan(MOST_MEGABYTES)
  expect((await service.browser().get('/readyz')).status).toBe(200)
})

test('a flood of garbage at every endpoint: no 500, no secret in the log, all logins succeed', async () => {
  const victim = service.browser()
  await loginAt(service, victim, { id: LOAD_PEOPLE.at(-1)?.id ?? '' })
  const cookie = victim.cookies.get('daemun_session') ?? ''
  const secrets = [cookie, 'a-code-that-nobody-may-read', 'demo-admin-key-but-not-quite']
  const everyBody = makeEveryBody(service.origin)
  const garbage = makeGarbage(service.origin, { random: seededRandom(SEED), secrets })
  const statuses = new Map<number, number>()
  const failed: string[] = []
  let isOver = false

  async function send(request: Request): Promise<void> {
    const { status } = await service.ask(request)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    if (status >= 500) failed.push(`${request.method} ${new URL(request.url).pathname}: ${status}`)
  }
  async function flood(): Promise<void> {
    for (const request of everyBody) await send(request)
    for (const request of garbage) {
      if (isOver) return
      await send(request)
    }
  }
  const flooding = Array.from({ length: GARBAGE_AT_ONCE }, flood)
  const [noHttp, used] = await Promise.all([sendNoHttp(service.port), useService()])
  isOver = true
  await Promise.all(flooding)

  const megabytes = await readMegabytes()
  const requests = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  addFigures('A flood of garbage', {
    requests,
    'kinds of statuses': statuses.size,
    'answered 5xx': failed.length,
    logins: LOGINS,
    'logins that failed': used.filter((status) => status !== 200).length,
    'MB of memory': megabytes,
  })
  expect(failed).toEqual([])
  expect(used).toEqual(ALL_WELL)
  expect(noHttp.filter((line) => / 5\d\d /.test(line))).toEqual([])
  expect(requests).toBeGreaterThan(200)
  expect(megabytes).toBeLessThan(MOST_MEGABYTES)
  const output = service.server.readOutput()
  for (const secret of secrets) expect(output.includes(secret)).toBe(false)
  expect(output).not.toMatch(/"level":"error"/)
})
