import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { matchSecretFingerprint } from '../../src/db/index.ts'
import { BARE_ENGINES, BARE_POSTGRES, openStoreAt, openTestStore } from '../_support/engines.ts'
import { createSharedUrl } from '../_support/shared-store.ts'

describe.each(BARE_ENGINES)('the store on $name', (engine) => {
  test('ten instances starting at once migrate it once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daemun-db-'))
    const url = await createSharedUrl(engine, folder)

    const stores = await Promise.all(Array.from({ length: 10 }, () => openStoreAt(url)))

    for (const { db } of stores) {
      expect(await db.selectFrom('users').selectAll().execute()).toEqual([])
    }
    await Promise.all(stores.map(({ db }) => db.destroy()))
    await rm(folder, { recursive: true })
  })

  test('a secret may use the store while the first one is among them', async () => {
    const { db } = await openTestStore(engine)

    expect(await matchSecretFingerprint(db, ['first'])).toBe(true)
    expect(await matchSecretFingerprint(db, ['other'])).toBe(false)
    expect(await matchSecretFingerprint(db, ['second', 'first'])).toBe(true)
    expect(await matchSecretFingerprint(db, ['first'])).toBe(false)
    await db.destroy()
  })
})

test('ten instances migrate it once, whatever isolation PostgreSQL has by default', async () => {
  const url = new URL(await BARE_POSTGRES.createUrl())
  const options = url.searchParams.get('options')
  url.searchParams.set('options', `${options} -c default_transaction_isolation=serializable`)

  const stores = await Promise.all(Array.from({ length: 10 }, () => openStoreAt(url.href)))

  await Promise.all(stores.map(({ db }) => db.destroy()))
})

describe('SQLite files', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-db-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  test('a file and its folder are made, for their owner alone, and hold what was written', async () => {
    const url = `sqlite:${join(folder, 'data', 'daemun.db')}`
    const first = await openStoreAt(url)
    await first.db.insertInto('store_facts').values({ name: 'a', value: 'b' }).execute()
    const names = await readdir(join(folder, 'data'))
    const modes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, 'data', name))).mode & 0o777),
    )
    expect(new Set(modes)).toEqual(new Set([0o600]))
    await first.db.destroy()

    const second = await openStoreAt(url)
    expect(await second.db.selectFrom('store_facts').selectAll().execute()).toEqual([
      { name: 'a', value: 'b' },
    ])
    await second.db.destroy()
  })
})
