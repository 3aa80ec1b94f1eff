import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import type { EmulatorSeed } from '../../src/emulator/index.ts'
import { createSealedUserKeys } from '../../src/services.ts'
import { dumpTables } from '../_support/dump.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { countingBytes } from '../_support/random.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { SEED as SEED_WITH_TERMS } from '../consents/_support/consent-world.ts'
import { leave } from './_support/leaving.ts'

const DAY = 86_400_000
const FROM = { 'x-forwarded-for': '198.51.100.77', 'user-agent': 'A phone of theirs' }

describe.each(ENGINES)('what has to be retained, on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let db: Db

  async function open(RETENTION: string, seed?: EmulatorSeed): Promise<void> {
    shared = await createSharedStore(engine)
    const environment = { TRUST_PROXY: '1', RETENTION }
    world = await shared.open({ environment, ...(seed && { emulator: { seed } }) })
    db = (await openStoreAt(shared.url)).db
  }

  async function close(): Promise<void> {
    await db.destroy()
    await shared.close()
  }

  beforeEach(() => open('access_log:90d, consents:3y'))
  afterEach(close)

  /** Signs in from some address and leaves, days later. */
  async function comeAndGo(days: number): Promise<Response> {
    await signInFrom(FROM)
    world.clock.advance(days * DAY)
    return await leave(await signInFrom(FROM))
  }

  async function signInFrom(headers: Record<string, string>) {
    const browser = world.browser()
    const start = await browser.get('/oauth/kakao/login/', headers)
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
    await browser.get(back, headers)
    await world.daemun.work()
    return browser
  }

  const openKeys = () =>
    createSealedUserKeys({ secrets: ['a secret for tests'], randomBytes: countingBytes() })

  const readLog = async () =>
    await db.selectFrom('retained_access_log').selectAll().orderBy('id').execute()

  test('whoever leaves is told what, and until when', async () => {
    const { retained } = await readJson(await comeAndGo(0))

    expect(retained).toEqual([
      { kind: 'access_log', until: '2026-04-01T12:00:00.000Z' },
      { kind: 'consents', until: '2028-12-31T12:00:00.000Z' },
    ])
  })

  test('the access log is kept with the key that opens it, and only the recent part', async () => {
    await comeAndGo(100)
    const lines = await readLog()
    const [key] = await db.selectFrom('retained_access_keys').selectAll().execute()

    const sealer = openKeys().open(key?.sealed_key ?? '')
    expect(lines.map(({ action }) => action)).toEqual(['user.signed_in'])
    expect(lines.map(({ sealed_origin }) => sealer?.open(sealed_origin))).toEqual([
      JSON.stringify({ address: '198.51.100.77', userAgent: 'A phone of theirs' }),
    ])
  })

  test('consents are kept as history, with what was agreed to when', async () => {
    await comeAndGo(0)

    expect(
      await db.selectFrom('retained_consents').selectAll().orderBy('consent_id').execute(),
    ).toEqual(
      ['account_email', 'profile_image', 'profile_nickname'].map((consent_id) => ({
        id: expect.stringMatching(/^ret_/),
        user_id: expect.stringMatching(/^usr_/),
        kind: 'item',
        consent_id,
        agreed: 1,
        at: expect.any(Number),
        path: 'login',
        erase_at: world.clock.now().getTime() + 3 * 365 * DAY,
      })),
    )
  })

  test('terms are kept as consents are', async () => {
    await close()
    await open('consents:3y', SEED_WITH_TERMS)
    await comeAndGo(0)

    const terms = db.selectFrom('retained_consents').selectAll().where('kind', '=', 'term')
    expect(await terms.orderBy('consent_id').execute()).toMatchObject([
      { consent_id: 'marketing_20260101', agreed: 1, path: 'login' },
      { consent_id: 'service_20260101', agreed: 1, path: 'login' },
    ])
  })

  test('each goes when it is due', async () => {
    await comeAndGo(0)
    const count = async () => [
      (await readLog()).length > 0,
      (await db.selectFrom('retained_access_keys').selectAll().execute()).length,
      (await db.selectFrom('retained_consents').selectAll().execute()).length,
    ]
    world.clock.advance(90 * DAY - 1)
    await world.daemun.work()
    expect(await count()).toEqual([true, 1, 3])

    world.clock.advance(1)
    await world.daemun.work()
    expect(await count()).toEqual([false, 0, 3])

    world.clock.advance(3 * 365 * DAY)
    await world.daemun.work()
    expect(await count()).toEqual([false, 0, 0])
  })

  test('where nothing has to be, nothing is', async () => {
    await close()
    await open('')

    expect(await readJson(await comeAndGo(0))).toMatchObject({ retained: [] })
    expect(await readLog()).toEqual([])
  })

  test.each(['', 'consents:3y'])(
    'with RETENTION=%s no key is left that would open what the audit log knew of their device',
    async (retention) => {
      await close()
      await open(retention)
      const countOpened = async () => {
        const origins = (
          await db.selectFrom('audit_log').select('sealed_origin').execute()
        ).flatMap(({ sealed_origin }) => sealed_origin ?? [])
        const texts = Object.values(await dumpTables(db)).flatMap((rows) =>
          rows.flatMap((row) => Object.values(JSON.parse(row) as object)),
        )
        const sealers = texts.flatMap((text) => openKeys().open(String(text)) ?? [])
        return origins.filter((origin) => sealers.some((sealer) => sealer.open(origin))).length
      }
      const browser = await signInFrom(FROM)
      expect(await countOpened()).toBeGreaterThan(0)

      await leave(browser)

      expect(await countOpened()).toBe(0)
    },
  )
})
