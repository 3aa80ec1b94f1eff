import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import { readChannel } from '../../src/db/postgres/messages.ts'
import type { Browser } from '../_support/browser.ts'
import { type Clock, createClock } from '../_support/clock.ts'
import { BARE_POSTGRES, openStoreAt, openTestStore, POSTGRES } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { startTcpProxy, type TcpProxy } from '../_support/tcp-proxy.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'
import { countLines, DEAF, HEARS, leadTo, PATIENT, untilHearing } from './_support/instances.ts'

describe('an instance that listens to PostgreSQL', () => {
  let shared: SharedStore
  let store: Store
  /** Of the listening connection alone. */
  let wire: TcpProxy
  let ticks: Clock
  let one: World
  let other: World
  let browser: Browser
  let there: Browser

  beforeEach(async () => {
    shared = await createSharedStore(POSTGRES)
    store = await openStoreAt(shared.url)
    wire = await startTcpProxy(shared.url)
    ticks = createClock()
    one = await shared.open()
    other = await openOther({ DATABASE_LISTEN_URL: wire.url })
    await untilHearing(other)
    browser = one.browser()
    await login(one, browser, HANEUL)
    there = leadTo(other, browser)
    expect(await nicknameOf(there)).toBe('김하늘')
  })
  afterEach(async () => {
    await Promise.all([shared.close(), store.db.destroy()])
    await wire.close()
  })

  async function openOther(environment: Record<string, string>): Promise<World> {
    const tick = () => ticks.now().getTime()
    return await shared.open({ tick, environment })
  }

  async function nicknameOf(visitor: Browser): Promise<string> {
    const { user } = await readJson(await visitor.get('/session/'))
    return (user as { nickname: string }).nickname
  }

  const statusOf = async (visitor: Browser) => (await visitor.get('/session/')).status

  /** Past every instance, so that whoever remembers does not notice. */
  async function rename(nickname: string): Promise<void> {
    await store.db.updateTable('users').set({ nickname }).execute()
  }

  test('checks sessions from memory, and again in the store after five seconds', async () => {
    await rename('하늘')
    expect(await nicknameOf(there)).toBe('김하늘')

    ticks.advance(5001)
    await untilHearing(other, 2)
    expect(await nicknameOf(there)).toBe('하늘')
  })

  test('asks the store once it has heard nothing for two seconds', async () => {
    wire.deafen()
    await browser.post('/logout/')
    ticks.advance(2000)
    expect(await statusOf(there)).toBe(200)

    ticks.advance(1)
    expect(await statusOf(there)).toBe(401)
    await expect.poll(() => countLines(other, DEAF), PATIENT).toBe(1)
  })

  test('leaves a connection that brings nothing for another one, and hears again', async () => {
    wire.deafen()
    const waitForHearing = () => {
      const times = countLines(other, HEARS)
      // From one beat that was committed and not heard to where it is missed.
      if (times === 1) ticks.advance(2001)
      return times
    }
    await expect.poll(waitForHearing, { interval: 1500, timeout: 30_000 }).toBe(2)

    expect(countLines(other, DEAF)).toBe(1)
    expect(await statusOf(there)).toBe(200)
    await browser.post('/logout/')
    await expect.poll(() => statusOf(there), PATIENT).toBe(401)
  })

  test('forgets all where a newer version tells what this one does not know', async () => {
    await rename('하늘')
    expect(await nicknameOf(there)).toBe('김하늘')

    const channel = await readChannel(store.db)
    await sql`select pg_notify(${channel}, 'something of another kind')`.execute(store.db)
    await expect.poll(() => nicknameOf(there), PATIENT).toBe('하늘')
  })

  test('forgets all when the connection is lost, and connects anew', async () => {
    await rename('하늘')
    wire.cut()
    await expect.poll(() => nicknameOf(there), PATIENT).toBe('하늘')

    await untilHearing(other, 2)
    expect(countLines(other, DEAF)).toBe(1)
    expect(await nicknameOf(there)).toBe('하늘')
    await rename('바다')
    expect(await nicknameOf(there)).toBe('하늘')
    await browser.post('/logout/')
    await expect.poll(() => statusOf(there), PATIENT).toBe(401)
  })

  test('asks the store while nobody can be listened to, and says so once', async () => {
    let calls = 0
    const nobody = createServer((caller) => {
      calls += 1
      caller.destroy()
    })
    const port = await findFreePort()
    await new Promise<void>((resolve) => nobody.listen(port, '127.0.0.1', resolve))
    const deaf = await openOther({ DATABASE_LISTEN_URL: `postgres://user@127.0.0.1:${port}/db` })
    const visitor = leadTo(deaf, browser)
    await expect.poll(() => countLines(deaf, DEAF), PATIENT).toBe(1)

    for (const nickname of ['하늘', '바다']) {
      await rename(nickname)
      expect(await nicknameOf(visitor)).toBe(nickname)
    }
    await expect.poll(() => calls, PATIENT).toBeGreaterThan(2)
    expect(countLines(deaf, DEAF)).toBe(1)
    nobody.close()
  })

  test('remembers nothing of what it read while it could not hear', async () => {
    wire.pause()
    wire.cut()
    await expect.poll(() => countLines(other, DEAF), PATIENT).toBe(1)
    expect(await statusOf(there)).toBe(200)
    await browser.post('/logout/')

    wire.resume()
    await untilHearing(other, 2)
    expect(await statusOf(there)).toBe(401)
  })

  test('goes on without its hearing where a certificate cannot be read, and hears once it can', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daemun-hearing-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const certificate = join(folder, 'ca.pem')
    const url = new URL(shared.url)
    url.searchParams.set('sslmode', 'disable')
    url.searchParams.set('sslrootcert', certificate)
    const deaf = await openOther({ DATABASE_LISTEN_URL: url.href })
    await expect.poll(() => countLines(deaf, DEAF), PATIENT).toBe(1)
    expect(await statusOf(leadTo(deaf, browser))).toBe(200)

    await writeFile(certificate, '')
    await untilHearing(deaf)
  })

  test('says what is wrong where it listens to a database that nobody tells anything', async () => {
    const url = new URL(shared.url)
    url.pathname = '/template1'
    const lost = await openOther({ DATABASE_LISTEN_URL: url.href })
    await expect.poll(() => countLines(lost, DEAF), PATIENT).toBe(1)

    const message = 'nothing was heard of what all are told'
    expect(lost.log).toContainEqual(
      expect.objectContaining({ msg: DEAF, err: expect.objectContaining({ message }) }),
    )
    await rename('하늘')
    expect(await nicknameOf(leadTo(lost, browser))).toBe('하늘')
  })

  test('keeps its connection where the server ends those that ask nothing', async () => {
    const url = new URL(shared.url)
    const options = url.searchParams.get('options')
    url.searchParams.set('options', `${options} -c idle_session_timeout=300`)
    const idle = await openOther({ DATABASE_LISTEN_URL: url.href })
    await untilHearing(idle)

    const beats = await collectMessages(isBeat)
    await expect.poll(() => beats.length, PATIENT).toBeGreaterThan(9)
    expect(countLines(idle, DEAF)).toBe(0)
  })

  test('listens to its own store, whatever the search path of the listening connection', async () => {
    const url = new URL(shared.url)
    url.search = ''
    const bare = await openOther({ DATABASE_LISTEN_URL: url.href })

    await untilHearing(bare)
    const visitor = leadTo(bare, browser)
    expect(await statusOf(visitor)).toBe(200)
    await browser.post('/logout/')
    await expect.poll(() => statusOf(visitor), PATIENT).toBe(401)
  })

  test('is heard by those who find the same tables by another search path', async () => {
    const [schema = '', empty = ''] = [shared.url, await BARE_POSTGRES.createUrl()].map(
      searchPathOf,
    )
    const url = new URL(shared.url)
    url.searchParams.set('options', `-c search_path=${empty},${schema}`)
    const roundabout = await openOther({ DATABASE_URL: url.href })
    await untilHearing(roundabout)
    const visitor = leadTo(roundabout, browser)
    expect(await statusOf(visitor)).toBe(200)

    await browser.post('/logout/')
    await expect.poll(() => statusOf(visitor), PATIENT).toBe(401)
  })

  test('is told of users who lose something, once each, and of no login in which nothing ends', async () => {
    const messages = await collectMessages((text) => !isBeat(text))
    const { user } = await readJson(await browser.get('/session/'))
    const elsewhere = one.browser()
    for (const visitor of [one.browser(), one.browser(), elsewhere]) {
      await login(one, visitor, HANEUL)
    }
    await elsewhere.post('/logout/', new URLSearchParams({ everywhere: 'true' }))

    await expect.poll(() => messages, PATIENT).toEqual([`user ${(user as { id: string }).id}`])
  })

  test('is told nothing of other stores in the same database', async () => {
    const another = await openTestStore(POSTGRES)
    expect(await readChannel(another.db)).not.toBe(await readChannel(store.db))
    await another.db.destroy()
  })

  test('that is closed waits for nobody who does not answer', async () => {
    const callers = new Set<Socket>()
    const silent = createServer((caller) => callers.add(caller))
    const port = await findFreePort()
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve))
    const DATABASE_LISTEN_URL = `postgres://user@127.0.0.1:${port}/db`
    const closing = await createWorld({
      environment: { DATABASE_URL: shared.url, DATABASE_LISTEN_URL },
    })
    await expect.poll(() => callers.size, PATIENT).toBe(1)

    // Its patience would last a minute.
    await closing.close()
    expect(await statusOf(there)).toBe(200)
    for (const caller of callers) caller.destroy()
    silent.close()
  }, 30_000)

  test('that is closed leaves no connection behind', async () => {
    const url = new URL(shared.url)
    url.searchParams.set('application_name', 'closes')
    const closing = await createWorld({ environment: { DATABASE_URL: url.href } })
    await untilHearing(closing)
    expect(await countConnections()).toBeGreaterThan(1)

    await closing.close()
    await expect.poll(countConnections, PATIENT).toBe(0)
  })

  test('that cannot begin after all leaves no connection behind', async () => {
    const url = new URL(shared.url)
    url.searchParams.set('application_name', 'closes')
    await sql`alter table jobs add constraint none check (kind <> 'reseal')`.execute(store.db)
    const environment = { DATABASE_URL: url.href, SECRET_KEY: 'another,a secret for tests' }

    await expect(createWorld({ environment })).rejects.toThrow('"none"')

    await expect.poll(countConnections, PATIENT).toBe(0)
  })

  /** What instances tell each other from now on. */
  async function collectMessages(isWanted: (text: string) => boolean): Promise<string[]> {
    const messages: string[] = []
    const client = new pg.Client({ connectionString: shared.url })
    onTestFinished(() => client.end())
    await client.connect()
    client.on('notification', ({ payload = '' }) => {
      if (isWanted(payload)) messages.push(payload)
    })
    await client.query(`listen ${await readChannel(store.db)}`)
    return messages
  }

  async function countConnections(): Promise<number> {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count
      from pg_stat_activity where application_name = 'closes'`.execute(store.db)
    return rows[0]?.count ?? 0
  }
})

function isBeat(text: string): boolean {
  return text.startsWith('beat ')
}

function searchPathOf(url: string): string {
  return new URL(url).searchParams.get('options')?.replace('-c search_path=', '') ?? ''
}
