import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LATEST_MIGRATION } from '../../src/db/index.ts'
import { runDaemunIn } from '../_support/command.ts'
import { BARE_ENGINES, openStoreAt } from '../_support/engines.ts'
import { createSharedUrl } from '../_support/shared-store.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-migrate-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function migrate(DATABASE_URL: string, ...options: readonly string[]) {
  const { code, stdout, stderr } = await runDaemunIn(
    { folder, environment: { DATABASE_URL } },
    'migrate',
    ...options,
  )
  return { code, stderr, status: stdout === '' ? undefined : JSON.parse(stdout) }
}

const UP_TO_DATE = { current: LATEST_MIGRATION, latest: LATEST_MIGRATION, pending: [] }

describe.each(BARE_ENGINES)('daemun migrate on $name', (engine) => {
  test('goes forward step by step, and says how far', async () => {
    const url = await createSharedUrl(engine, folder)

    const before = await migrate(url, '--status')
    expect(before).toMatchObject({ code: 0, status: { current: 0, latest: LATEST_MIGRATION } })
    expect(before.status.pending[0]).toBe(1)
    expect(before.status.pending.at(-1)).toBe(LATEST_MIGRATION)

    expect(await migrate(url, '--to', '2')).toMatchObject({
      code: 0,
      status: { current: 2, pending: before.status.pending.slice(2) },
    })
    expect(await migrate(url, '--to', '1')).toEqual({
      code: 1,
      stderr: 'daemun migrate: migrations go forward only, and the store is at 2\n',
      status: undefined,
    })
    expect(await migrate(url)).toEqual({ code: 0, stderr: '', status: UP_TO_DATE })
    expect(await migrate(url, '--status')).toEqual({ code: 0, stderr: '', status: UP_TO_DATE })
  })

  test('several processes at once take each step once', async () => {
    const url = await createSharedUrl(engine, folder)

    const results = await Promise.all(Array.from({ length: 5 }, async () => await migrate(url)))

    expect(results).toEqual(results.map(() => ({ code: 0, stderr: '', status: UP_TO_DATE })))
    const { db } = await openStoreAt(url)
    const steps = await db.selectFrom('migrations').select('version').execute()
    expect(new Set(steps.map(({ version }) => version)).size).toBe(steps.length)
    await db.destroy()
  })

  test('a store of a newer version is told as it is, and left so', async () => {
    const url = await createSharedUrl(engine, folder)
    const newer = await openStoreAt(url)
    await newer.db.insertInto('migrations').values({ version: 9999, applied_at: 0 }).execute()
    await newer.db.destroy()

    const status = { ...UP_TO_DATE, current: 9999 }
    expect(await migrate(url, '--status')).toMatchObject({ code: 0, status })
    expect(await migrate(url)).toMatchObject({ code: 0, status })
  })
})

test('looking makes no file', async () => {
  expect(await migrate('sqlite:data/daemun.db', '--status')).toMatchObject({ code: 0 })
  expect(await readdir(folder)).toEqual([])
})

test.each([
  [['--to', '0'], /--to must be from 1 to \d+/],
  [['--to', '1e1'], /--to must be from 1 to \d+/],
  [['--to', String(LATEST_MIGRATION + 1)], /--to must be from 1 to \d+/],
  [['--to', '1', '--status'], /--status goes nowhere/],
])('%j is no way to migrate', async (options, problem) => {
  const { code, stderr } = await migrate('sqlite:data/daemun.db', ...options)

  expect(code).toBe(2)
  expect(stderr).toMatch(problem)
  expect(await readdir(folder)).toEqual([])
})
