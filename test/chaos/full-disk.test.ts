import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { addFigures } from '../_support/figures.ts'
import { type Json, readJson } from '../_support/login.ts'
import { expectNothingYet, expectRefused, expectToHappen } from './_support/expect-write.ts'
import { LOAD_PEOPLE } from './_support/load.ts'
import { type LoneServer, loginAt, startLoneServer } from './_support/lone-server.ts'
import { relay } from './_support/person.ts'
import { DISK_KINDS, type SmallDisk } from './_support/small-disk.ts'
import { prepareWrites, WRITERS, WRITES_ENVIRONMENT } from './_support/writes.ts'

const PATIENT = { timeout: 20_000, interval: 100 }
const [MEMBER = { id: '' }, STRANGER = { id: '' }, ...OTHERS] = LOAD_PEOPLE
const WRITER_IDS = OTHERS.splice(0, WRITERS).map(({ id }) => id)

describe.each(DISK_KINDS)('SQLite on $name', (kind) => {
  let disk: SmallDisk
  let service: LoneServer
  let path: string

  beforeEach(async () => {
    disk = await kind.create()
    path = join(disk.folder, 'daemun.db')
    service = await startLoneServer(disk.folder, `sqlite:${path}`, WRITES_ENVIRONMENT)
  })
  afterEach(async () => {
    await service.close()
    await disk.close()
  })

  async function signIn(person: { readonly id: string }): Promise<Browser> {
    const browser = service.browser()
    expect((await loginAt(service, browser, person)).status).toBe(200)
    return browser
  }

  async function refresh({ refresh_token }: Json): Promise<Response> {
    const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token) }
    return await service.browser().post('/oauth/token/', new URLSearchParams(fields))
  }

  /** What was written and then taken out of the journal again leaves room in it for a while. */
  async function useUp(tokens: Json, people: readonly { id: string }[]): Promise<void> {
    for (const person of people) {
      const [answer, refreshed] = [
        await loginAt(service, service.browser(), person),
        await refresh(tokens),
      ]
      if (refreshed.status === 200) Object.assign(tokens, await readJson(refreshed))
      if (answer.status === 503 && refreshed.status === 503) return
    }
    throw new Error('the disk is not full')
  }

  function checkIntegrity(): unknown {
    const database = new DatabaseSync(path, { readOnly: true })
    const rows = database.prepare('pragma integrity_check').all()
    database.close()
    return rows
  }

  test('each write says so and loses nothing, reads go on, and room mends it', async () => {
    const browser = await signIn(MEMBER)
    const tokens = await relay({ place: service, id: MEMBER.id })
    const writes = await prepareWrites(service, WRITER_IDS)
    ageSessions(path)
    disk.fill(service.server.pid)
    await useUp(tokens, OTHERS)

    for (const write of writes) {
      await expectRefused(write)
      await expectNothingYet(write)
      expect((await browser.get('/session/')).status).toBe(200)
    }

    const bearer = { authorization: `Bearer ${tokens.access_token}` }
    const reads = await Promise.all([
      browser.get('/me/'),
      browser.get('/me/sessions/'),
      browser.get('/auth/verify/'),
      browser.get('/session/', bearer),
      service.browser().get('/healthz'),
    ])
    expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200))
    expect(checkIntegrity()).toEqual([{ integrity_check: 'ok' }])

    disk.free(service.server.pid)
    await expect.poll(async () => (await refresh(tokens)).status, PATIENT).toBe(200)
    // Where a code still found room, and nothing after it, the login has to begin anew.
    const again = writes.filter(({ name }) => !name.endsWith('begun before'))
    for (const write of again) await expectToHappen(write)
    await signIn(MEMBER)
    await signIn(STRANGER)
    expect(checkIntegrity()).toEqual([{ integrity_check: 'ok' }])
    addFigures(`SQLite, ${kind.name}`, { 'kinds of writes refused': writes.length })
  })
})

/** As if nobody had been seen for a while: to be seen again is something to write down. */
function ageSessions(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(
    'pragma busy_timeout = 10000; update sessions set last_seen_at = last_seen_at - 600000',
  )
  database.close()
}
