import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import type { EmulatorSeed } from '../../src/emulator/index.ts'
import type { Browser } from '../_support/browser.ts'
import { dumpTables } from '../_support/dump.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { readRawFiles } from '../_support/raw-files.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { loginByRelay } from '../_support/ways.ts'
import type { World } from '../_support/world.ts'
import { failUnlinks, isLinked, leave } from './_support/leaving.ts'

const PERSON = {
  id: '7316024985172',
  nickname: '가나다라마바사',
  name: '독고영희',
  email: 'one-of-a-kind@example.com',
  phone_number: '+82 10-9753-8642',
}
const ITEMS = [
  'profile_nickname',
  'profile_image',
  'account_email',
  'phone_number',
  'name',
] as const
const SEED: EmulatorSeed = {
  apps: [
    {
      app_id: 123456,
      rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
      admin_keys: ['demo-admin-key'],
      any_loopback_redirect_uri: true,
      consent_items: ITEMS.map((id) => ({ id, level: 'optional' as const })),
    },
  ],
  people: [PERSON, { id: '1000000002', nickname: '이바다' }],
}
/** What leads back to the person, as we or Kakao write it. */
const TRACES = [
  PERSON.id,
  PERSON.nickname,
  PERSON.name,
  PERSON.email,
  '+821097538642',
  '10-9753-8642',
  '198.51.100.77',
  'A phone of theirs',
]

describe.each(ENGINES)('what is left of somebody who left, on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let db: Db
  let browser: Browser

  async function open(environment: Record<string, string> = {}): Promise<void> {
    shared = await createSharedStore(engine)
    world = await shared.open({
      emulator: { seed: SEED },
      environment: { TRUST_PROXY: '1', KAKAO_TOKENS: 'keep', ...environment },
    })
    db = (await openStoreAt(shared.url)).db
    browser = world.browser()
    const from = { 'x-forwarded-for': '198.51.100.77', 'user-agent': 'A phone of theirs' }
    const start = await browser.get('/oauth/kakao/login/', from)
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', PERSON)
    await browser.get(back, from)
    await loginByRelay(world, PERSON)
    await login(world, world.browser(), { id: '1000000002' })
    await world.daemun.work()
  }

  beforeEach(() => open())
  afterEach(async () => {
    await db.destroy()
    await shared.close()
  })

  async function findTraces(): Promise<string[]> {
    const held = engine.name === 'SQLite' ? await readRawFiles(pathOf(shared)) : await dump()
    return TRACES.filter((trace) => held.includes(trace))
  }

  const dump = async () => JSON.stringify(await dumpTables(db))

  test('before, it is all there, but for addresses and devices', async () => {
    expect(await findTraces()).toEqual([
      PERSON.id,
      PERSON.nickname,
      PERSON.name,
      PERSON.email,
      '+821097538642',
    ])
    expect(await readJson(await browser.get('/session/'))).toMatchObject({
      user: { email: PERSON.email, phone_number: '+821097538642' },
    })
  })

  test('nothing that leads back, once the link at Kakao is ended', async () => {
    await leave(browser)
    await world.daemun.work()

    expect(await isLinked(world, PERSON)).toBe(false)
    expect(await findTraces()).toEqual([])
  })

  test('nothing but the id, sealed, while Kakao is away', async () => {
    await failUnlinks(world, { status: 503 })
    await leave(browser)
    await world.daemun.work()

    expect(await findTraces()).toEqual([])
  })

  test('nothing in what has to be retained either', async () => {
    await db.destroy()
    await shared.close()
    await open({ RETENTION: 'access_log:90d, consents:3y', REJOIN_AFTER: '30d' })

    await leave(browser)
    await world.daemun.work()

    expect(await findTraces()).toEqual([])
    expect(await count(db, 'retained_access_log')).toBeGreaterThan(0)
    expect(await count(db, 'retained_consents')).toBe(ITEMS.length)
  })
})

function pathOf({ url }: SharedStore): string {
  return url.slice('sqlite:'.length)
}

async function count(db: Db, table: 'retained_access_log' | 'retained_consents'): Promise<number> {
  return (await db.selectFrom(table).selectAll().execute()).length
}
