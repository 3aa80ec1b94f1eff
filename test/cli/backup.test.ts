import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, inject, type TestContext, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'
import { login, readJson } from '../_support/login.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'
import { createWorld, HANEUL } from '../_support/world.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')

async function setUp(context: TestContext) {
  const file = await createSqliteFile(context)
  const folder = dirname(file.path)
  const environment = { DATABASE_URL: `sqlite:${basename(file.path)}` }
  const backUp = async (...args: readonly string[]) =>
    await runDaemunIn({ folder, environment }, 'backup', ...args)
  return { ...file, folder, backUp }
}

test('a copy taken beside a running server is one to go on with', async (context) => {
  const { url, folder, backUp } = await setUp(context)
  const world = await createWorld({ environment: { DATABASE_URL: url } })
  const browser = world.browser()
  await login(world, browser, HANEUL)

  const { code, stdout } = await backUp('copy.db')
  const { mode, size } = await stat(join(folder, 'copy.db'))
  expect({ code, stdout: JSON.parse(stdout) }).toEqual({
    code: 0,
    stdout: { file: 'copy.db', bytes: size },
  })
  expect(mode & 0o777).toBe(0o600)
  expect((await readdir(folder)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])

  const cookies = new Map(browser.cookies)
  await browser.post('/logout/')
  await world.close()
  const restored = await createWorld({
    environment: { DATABASE_URL: `sqlite:${join(folder, 'copy.db')}` },
  })
  const visitor = restored.browser()
  for (const [name, value] of cookies) visitor.cookies.set(name, value)
  expect(await readJson(await visitor.get('/session/'))).toMatchObject({
    user: { nickname: '김하늘' },
  })
  await restored.close()
})

test('nothing is ever written over', async (context) => {
  const { path, folder, backUp } = await setUp(context)
  new DatabaseSync(path).close()
  await writeFile(join(folder, 'letter.txt'), 'dear')

  expect(await backUp('letter.txt')).toMatchObject({
    code: 1,
    stderr: 'daemun backup: FILE is there already, and is left as it is\n',
  })
  expect(await readFile(join(folder, 'letter.txt'), 'utf8')).toBe('dear')
})

test('a copy that cannot be written is told, and leaves nothing', async (context) => {
  const { path, folder, backUp } = await setUp(context)
  new DatabaseSync(path).close()

  const { code, stderr } = await backUp('nowhere/copy.db')

  expect(code).toBe(1)
  expect(stderr).toMatch(/^daemun backup: FILE cannot be written: ENOENT.*\n$/)
  expect(await readdir(folder)).toEqual(['daemun.db'])
})

test('a copy that is broken off leaves nothing', async (context) => {
  const { path, folder } = await setUp(context)
  const other = new DatabaseSync(path)
  // Who copies has begun, and has to wait.
  other.exec('create table one (x); begin exclusive')
  const child = spawn(process.execPath, [CLI, 'backup', 'copy.db'], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, DATABASE_URL: `sqlite:${basename(path)}` },
    stdio: 'ignore',
  })
  const exit = once(child, 'exit')
  const readParts = async () => (await readdir(folder)).filter((name) => name.startsWith('copy'))
  await expect.poll(readParts, { timeout: 20_000 }).toHaveLength(1)

  child.kill('SIGTERM')

  expect(await exit).toEqual([1, null])
  expect(await readParts()).toEqual([])
  other.close()
})

test('what is no database is told', async (context) => {
  const { path, folder, backUp } = await setUp(context)
  await writeFile(path, 'no database, but long enough to look at '.repeat(100))

  expect(await backUp('copy.db')).toMatchObject({
    code: 2,
    stderr: 'DATABASE_URL: its file is not an SQLite database\n',
  })
  expect(await readdir(folder)).toEqual(['daemun.db'])
})

test('PostgreSQL is for pg_dump', async (context) => {
  const { folder } = await setUp(context)
  const environment = { DATABASE_URL: inject('postgresUrl') }

  expect(await runDaemunIn({ folder, environment }, 'backup', 'copy.db')).toMatchObject({
    code: 2,
    stderr: 'daemun backup: is for SQLite; back PostgreSQL up with its own pg_dump\n',
  })
})

test('a backup without FILE is asked for wrongly', async (context) => {
  const { backUp } = await setUp(context)

  expect(await backUp()).toMatchObject({ code: 2 })
})
