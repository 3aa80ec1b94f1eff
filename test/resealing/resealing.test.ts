import { randomBytes } from 'node:crypto'
import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { resealAll, SEALED_COLUMNS } from '../../src/resealing/index.ts'
import { createDurableUrl, ENGINES, openStoreAt, openTestStore } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

describe.each(ENGINES)('a new SECRET_KEY on $name', (engine) => {
  let world: World
  let url: string
  afterEach(() => world.close())
  beforeEach(async () => {
    url = await createDurableUrl(engine)
  })

  async function open(secretKey: string, clock?: World['clock']): Promise<void> {
    const environment = { DATABASE_URL: url, SECRET_KEY: secretKey, KAKAO_TOKENS: 'keep' }
    world = await createWorld({ environment, ...(clock && { clock }) })
  }

  async function readKids(): Promise<unknown> {
    return (await readJson(await world.browser().get('/.well-known/jwks.json'))).keys
  }

  test('opens all that the old one sealed, when the old one is gone', async () => {
    await open('the old secret')
    const { clock } = world
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await world.daemun.work()
    const keys = await readKids()
    const token = browser.cookies.get('daemun_session') ?? ''
    await world.close()

    await open('the new secret,the old secret', clock)
    await world.daemun.work()
    expect(await readResealed()).toBe(3)
    await world.close()

    await open('the new secret', clock)
    const later = world.browser()
    later.cookies.set('daemun_session', token)
    const body = JSON.stringify({ kakao: 'token' })
    await later.post('/logout/', body, { 'content-type': 'application/json' })

    expect(await readKids()).toEqual(keys)
    expect(world.takeCallsToKakao()).toEqual(['POST /v1/user/logout'])
  })

  test('has nothing to do when it has been done', async () => {
    await open('the secret')
    const { clock } = world
    await world.daemun.work()
    await world.close()

    await open('the secret', clock)
    await world.daemun.work()

    expect(await readResealed()).toBeUndefined()
  })

  test('says what no secret opens any more', async () => {
    await open('the old secret')
    const { clock } = world
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    await world.close()
    // An instance that never knew the old one could not start here.
    if (engine.name === 'PostgreSQL') await forgetFingerprint()

    await open('the new secret', clock)
    await world.daemun.work()

    expect(world.log).toContainEqual(
      expect.objectContaining({ level: 'error', resealed: 0, unreadable: 2 }),
    )
  })

  test('leaves alone what somebody else has put into its place meanwhile', async () => {
    await open('the old secret')
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    const { db } = await openStoreAt(url)
    const other = await openStoreAt(url)
    const kept = await db.selectFrom('kakao_tokens').select('sealed').executeTakeFirstOrThrow()
    const onRead = async () => {
      await other.db.updateTable('kakao_tokens').set({ sealed: 'newer tokens' }).execute()
    }

    const { resealed } = await resealAll({
      db: db.withPlugin(afterReading(kept.sealed, onRead)),
      secrets: ['the new secret', 'the old secret'],
      randomBytes,
    })

    expect(await db.selectFrom('kakao_tokens').select('sealed').execute()).toEqual([
      { sealed: 'newer tokens' },
    ])
    // The key of the user.
    expect(resealed).toBe(1)
    await Promise.all([db.destroy(), other.db.destroy()])
  })

  /** Does something between reading a text from the store and whatever comes of it. */
  function afterReading(text: string, act: () => Promise<void>): KyselyPlugin {
    return {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        if (result.rows.some((row) => Object.values(row).includes(text))) await act()
        return result
      },
    }
  }

  async function forgetFingerprint(): Promise<void> {
    const { db } = await openStoreAt(url)
    await db.deleteFrom('store_facts').where('name', '=', 'secret_fingerprint').execute()
    await db.destroy()
  }

  async function readResealed(): Promise<unknown> {
    return world.log.find(({ msg }) => String(msg).startsWith('all is sealed'))?.resealed
  }
})

test.each(ENGINES)('every sealed column is known, on $name', async (engine) => {
  const { db } = await openTestStore(engine)
  const tables = await db.introspection.getTables()
  const found = tables.flatMap(({ name: table, columns }) =>
    columns.filter(({ name }) => name.startsWith('sealed')).map(({ name }) => `${table}.${name}`),
  )
  await db.destroy()

  const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`)
  // Sealed under the user's own key, which is sealed in turn.
  const byUser = ['audit_log.sealed_origin', 'retained_access_log.sealed_origin']
  expect(new Set(found)).toEqual(new Set([...known, ...byUser]))
})
