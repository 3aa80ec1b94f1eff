import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, type TestContext, test } from 'vitest'
import { matchSecretFingerprint, type Schema, type Store } from '../../src/db/index.ts'
import { runDaemunIn } from '../_support/command.ts'
import { openStoreAt, POSTGRES } from '../_support/engines.ts'
import { fillTables } from '../_support/fill-tables.ts'
import { login, readJson } from '../_support/login.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { startTcpProxy } from '../_support/tcp-proxy.ts'
import { askSession, loginByRelay, refresh } from '../_support/ways.ts'
import { createWorld, HANEUL, SOL } from '../_support/world.ts'

const SECRET_KEY = 'a secret for tests'

async function setUp(context: TestContext) {
  const { url, path } = await createSqliteFile(context)
  const target = await POSTGRES.createUrl()
  const folder = dirname(path)
  const importInto = async (into = target, environment: Record<string, string> = { SECRET_KEY }) =>
    await runDaemunIn({ folder, environment }, 'import', url, '--into', into)
  return { url, path, folder, target, importInto }
}

/** Opens a store for a look, and closes it. */
async function look<Result>(url: string, see: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStoreAt(url)
  try {
    return await see(store)
  } finally {
    await store.db.destroy()
  }
}

async function readAll({ db }: Store, tables: readonly (keyof Schema)[]) {
  const read = tables.map(async (table) => {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
    return [table, rows.map((row) => JSON.stringify(row)).sort()] as const
  })
  return Object.fromEntries(await Promise.all(read))
}

/** Made up, they would look like those of another secret. */
async function dropSealedKeys({ db }: Store): Promise<void> {
  await db.deleteFrom('signing_keys').execute()
  await db.updateTable('users').set({ sealed_key: null }).execute()
}

/** What PostgreSQL itself says, whatever the import knows of. */
async function listTargetTables({ db }: Store): Promise<(keyof Schema)[]> {
  const { rows } = await sql<{ name: keyof Schema }>`
    select tablename as name from pg_tables
    where schemaname = current_schema() and tablename <> 'migrations'`.execute(db)
  return rows.map(({ name }) => name)
}

async function countUsers(url: string): Promise<number> {
  return await look(
    url,
    async ({ db }) => (await db.selectFrom('users').selectAll().execute()).length,
  )
}

describe('daemun import', () => {
  test('takes a service across: members, sessions and tokens go on', async (context) => {
    const { url, target, importInto } = await setUp(context)
    const before = await createWorld({ environment: { DATABASE_URL: url, SECRET_KEY } })
    const browser = before.browser()
    await login(before, browser, HANEUL)
    const tokens = await loginByRelay(before, SOL)
    await before.close()

    const { code, stdout, stderr } = await importInto()

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining(['users: 2', 'identities: 2', 'sessions: 2', 'signing_keys: 1']),
    )
    const after = await createWorld({ environment: { DATABASE_URL: target, SECRET_KEY } })
    const visitor = after.browser()
    for (const [name, value] of browser.cookies) visitor.cookies.set(name, value)
    expect(await readJson(await visitor.get('/session/'))).toMatchObject({
      user: { nickname: '김하늘' },
    })
    expect((await askSession(after, tokens.access_token)).status).toBe(200)
    expect((await refresh(after, tokens.refresh_token)).status).toBe(200)
    expect(await readJson(await login(after, visitor, HANEUL))).toMatchObject({
      is_new_user: false,
    })
    await after.close()
  })

  test('forgets no table and no row, and takes none twice', async (context) => {
    const { url, target, importInto } = await setUp(context)
    // More than one batch.
    const ROWS = 1234
    await look(url, async (store) => {
      await fillTables(store, ROWS)
      await dropSealedKeys(store)
    })
    const tables = await look(target, listTargetTables)
    const source = await look(url, async (store) => await readAll(store, tables))

    const { stdout, stderr } = await importInto()

    expect(stderr).toBe('')
    const rowsOf = (table: string) => (table === 'signing_keys' ? 0 : ROWS)
    expect(stdout.trim().split('\n').sort()).toEqual(
      tables.map((table) => `${table}: ${rowsOf(table)}`).sort(),
    )
    const copied = await look(target, async (store) => {
      expect(await matchSecretFingerprint(store.db, [SECRET_KEY])).toBe(true)
      await store.db.deleteFrom('store_facts').where('name', '=', 'secret_fingerprint').execute()
      return await readAll(store, tables)
    })
    expect(copied).toEqual(source)
  })

  test('keeps the data of a server that is running where it is', async (context) => {
    const { url, target, importInto } = await setUp(context)
    const world = await createWorld({ environment: { DATABASE_URL: url, SECRET_KEY } })
    await login(world, world.browser(), HANEUL)

    expect(await importInto()).toEqual({
      code: 1,
      stdout: '',
      stderr: 'daemun import: the source is in use: stop its server first\n',
    })
    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
    await world.close()
    expect(await countUsers(target)).toBe(0)
  })

  test('wants a target without users', async (context) => {
    const { url, target, importInto } = await setUp(context)
    await look(url, async (store) => await fillTables(store, 1))
    await look(url, dropSealedKeys)
    await look(target, async (store) => await fillTables(store, 2))

    const { code, stderr } = await importInto()

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'daemun import: the target has users of its own\n',
    })
    expect(await countUsers(target)).toBe(2)
  })

  test('takes a target that has been started, under its secret alone', async (context) => {
    const { url, target, importInto } = await setUp(context)
    const before = await createWorld({ environment: { DATABASE_URL: url, SECRET_KEY } })
    await loginByRelay(before, HANEUL)
    await before.close()
    const started = await createWorld({
      environment: { DATABASE_URL: target, SECRET_KEY: 'other' },
    })
    await started.browser().get('/.well-known/jwks.json')
    await started.close()

    const { code, stderr } = await importInto()
    expect(code).toBe(2)
    expect(stderr).toBe('SECRET_KEY: is not the one that the target was written under\n')

    expect(await importInto(target, { SECRET_KEY: `${SECRET_KEY},other` })).toMatchObject({
      code: 0,
    })
    const keys = await look(target, ({ db }) => db.selectFrom('signing_keys').selectAll().execute())
    expect(keys).toHaveLength(1)
  })

  test('wants the secret that the source was written under', async (context) => {
    const { url, target, importInto } = await setUp(context)
    const world = await createWorld({ environment: { DATABASE_URL: url, SECRET_KEY } })
    await loginByRelay(world, HANEUL)
    await world.close()

    expect(await importInto(target, { SECRET_KEY: 'another one' })).toMatchObject({
      code: 2,
      stderr: 'SECRET_KEY: is not the one that the source was written under\n',
    })
    expect(await countUsers(target)).toBe(0)
  })

  test('wants it of a source that has never signed, too', async (context) => {
    const { url, target, importInto } = await setUp(context)
    const world = await createWorld({ environment: { DATABASE_URL: url, SECRET_KEY } })
    await login(world, world.browser(), HANEUL)
    await world.close()

    expect(await importInto(target, { SECRET_KEY: 'another one' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'SECRET_KEY: is not the one that the source was written under\n',
    })
    expect(await countUsers(target)).toBe(0)
    expect(await importInto(target, { SECRET_KEY: `a new one,${SECRET_KEY}` })).toMatchObject({
      code: 0,
    })
  })

  test('finds the secret that is kept beside the data, and says what to do with it', async (context) => {
    const { url, target, folder, importInto } = await setUp(context)
    await look(url, async () => {})
    expect(await importInto(target, {})).toMatchObject({ code: 2, stdout: '' })

    await mkdir(join(folder, 'data'))
    await writeFile(join(folder, 'data', 'secret-key'), 'kept beside\n')

    expect(await importInto(target, {})).toMatchObject({
      code: 0,
      stderr: 'SECRET_KEY: on PostgreSQL, set it to what data/secret-key holds\n',
    })
    const isRight = look(target, ({ db }) => matchSecretFingerprint(db, ['kept beside']))
    expect(await isRight).toBe(true)
  })

  test('moves all or nothing', async (context) => {
    const { url, target, importInto } = await setUp(context)
    await look(url, async (store) => await fillTables(store, 3))
    await look(url, dropSealedKeys)
    // The last row of one of the last tables cannot be taken.
    await look(target, async ({ db }) => {
      await sql`alter table jobs add constraint small check (subject not like '%3 jobs subject')`.execute(
        db,
      )
    })

    expect(await importInto()).toEqual({
      code: 1,
      stdout: '',
      stderr: 'daemun import: it broke off, and moved nothing (23514)\n',
    })
    expect(await countUsers(target)).toBe(0)
    expect(await countUsers(url)).toBe(3)
  })

  test('says so in a line where the target goes away meanwhile, and moves nothing', async (context) => {
    const { url, target, importInto } = await setUp(context)
    await look(url, async (store) => await fillTables(store, 3))
    await look(url, dropSealedKeys)
    const wire = await startTcpProxy(target)
    context.onTestFinished(() => wire.close())
    const isCut = wire.cutAfter('json_populate_recordset')

    const { code, stdout, stderr } = await importInto(wire.url)

    await isCut
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^daemun import: it broke off, and moved nothing( \(\w+\))?\n$/)
    expect(await countUsers(target)).toBe(0)
    expect(await importInto()).toMatchObject({ code: 0 })
  })

  test('claims nothing where the answer to the last step is lost', async (context) => {
    const { url, target, importInto } = await setUp(context)
    await look(url, async (store) => await fillTables(store, 3))
    await look(url, dropSealedKeys)
    await look(target, async ({ db }) => {
      await sql`create function end_connection() returns trigger language plpgsql
        as 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'`.execute(db)
      await sql`create constraint trigger at_commit after insert on users
        deferrable initially deferred for each row execute function end_connection()`.execute(db)
    })

    const { code, stderr } = await importInto()

    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^daemun import: the connection broke at the last step, .*try again.*\n$/,
    )
  })

  test('has moved all though the target cannot be analyzed, and says what is left', async (context) => {
    const { url, target, importInto } = await setUp(context)
    await look(url, async (store) => await fillTables(store, 3))
    await look(url, dropSealedKeys)
    await look(target, async () => {})
    const wire = await startTcpProxy(target)
    context.onTestFinished(() => wire.close())
    const isCut = wire.cutAfter('analyze')

    const { code, stdout, stderr } = await importInto(wire.url)

    await isCut
    expect(code).toBe(0)
    expect(stdout).toContain('users: 3\n')
    expect(stderr).toBe(
      'daemun import: all was moved; run ANALYZE on the target before you start\n',
    )
    expect(await countUsers(target)).toBe(3)
  })

  test('refuses a source of a newer version, of which it may know too little', async (context) => {
    const { url, importInto } = await setUp(context)
    await look(url, async ({ db }) => {
      await db.insertInto('migrations').values({ version: 9999, applied_at: 0 }).execute()
    })

    expect(await importInto()).toMatchObject({
      code: 1,
      stderr: 'daemun import: the source is of a newer version: import it with that one\n',
    })
  })

  test('tells which of the two cannot be had', async (context) => {
    const { url, path, target, importInto } = await setUp(context)
    expect(await importInto()).toMatchObject({
      code: 1,
      stderr: 'daemun import: the source is not there\n',
    })

    await look(url, async () => {})
    const wrong = Object.assign(new URL(target), { pathname: '/nowhere' }).href
    expect(await importInto(wrong)).toMatchObject({
      code: 1,
      stderr: 'daemun import: --into: PostgreSQL has no such database\n',
    })

    await writeFile(path, 'no database, but long enough to look at '.repeat(100))
    expect(await importInto()).toMatchObject({
      code: 1,
      stderr: 'daemun import: the source: its file is not an SQLite database\n',
    })
  })
})

test.each([
  [[]],
  [['sqlite:a.db']],
  [['a.db', '--into', 'postgres://localhost/a']],
  [['postgres://localhost/b', '--into', 'postgres://localhost/a']],
  [['sqlite:a.db', '--into', 'sqlite:b.db']],
  [['sqlite:file:a.db', '--into', 'postgres://localhost/a']],
])('daemun import %j is asked for wrongly', async (args) => {
  const { code, stderr } = await runDaemunIn({ environment: { SECRET_KEY } }, 'import', ...args)

  expect(code).toBe(2)
  expect(stderr).toMatch(/as in daemun import sqlite:data\/daemun.db --into postgres:\/\/…\n$/)
})

test('daemun import is asked for a schema as PostgreSQL has it', async () => {
  const into = 'postgres://localhost/a?schema=daemun'
  const { code, stderr } = await runDaemunIn({}, 'import', 'sqlite:a.db', '--into', into)

  expect([code, stderr]).toEqual([
    2,
    'daemun import: --into names a schema as PostgreSQL does not: write ?options=-c%20search_path%3DNAME\n',
  ])
})
