import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { runDaemunIn } from '../_support/command.ts'
import { findFreePort } from '../_support/free-port.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-store-'))
  await writeFile(
    join(folder, 'letter.txt'),
    'no database, but long enough to look at '.repeat(100),
  )
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function startWith(DATABASE_URL: string) {
  const environment = { DATABASE_URL, SECRET_KEY: 'a secret for tests' }
  return await runDaemunIn({ folder, environment }, 'migrate')
}

function postgresUrl(change: Partial<Pick<URL, 'password' | 'pathname' | 'port'>>): string {
  return Object.assign(new URL(inject('postgresUrl')), change).href
}

describe('a store that cannot be opened is one line', () => {
  test.each([
    [
      'that is a file in a file',
      'sqlite:letter.txt/daemun.db',
      'its file cannot be made or written there',
    ],
    ['that is no database', 'sqlite:letter.txt', 'its file is not an SQLite database'],
    ['that is a folder', 'sqlite:.', 'its file cannot be made or written there'],
  ])('of the setting, where it names one %s', async (_, url, problem) => {
    expect(await startWith(url)).toEqual({
      code: 2,
      stdout: '',
      stderr: `DATABASE_URL: ${problem}\n`,
    })
  })

  test.each([
    ['a wrong password', { password: 'wrong' }, 'PostgreSQL refuses this user or this password'],
    ['a database that is not there', { pathname: '/nowhere' }, 'PostgreSQL has no such database'],
  ])('of the setting, where it has %s', async (_, change, problem) => {
    expect(await startWith(postgresUrl(change))).toEqual({
      code: 2,
      stdout: '',
      stderr: `DATABASE_URL: ${problem}\n`,
    })
  })

  test('of the store, where it may be there a little later', async () => {
    const port = String(await findFreePort())

    expect(await startWith(postgresUrl({ port }))).toEqual({
      code: 1,
      stdout: '',
      stderr: 'DATABASE_URL: the store is not available (ECONNREFUSED)\n',
    })
  })
})
