import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { backUpDatabase } from '../../src/db/index.ts'
import { createSqliteFile } from '../_support/sqlite-file.ts'

test('a backup is not held up by those who write all the while', async (context) => {
  const { path } = await createSqliteFile(context)
  const writer = new DatabaseSync(path)
  writer.exec('pragma journal_mode = wal; pragma synchronous = off; create table t (x)')
  // More than SQLite copies in one step if left to itself.
  writer.exec(`insert into t values (zeroblob(${2 * 1024 * 1024}))`)
  let isDone = false
  const writing = (async () => {
    while (!isDone) {
      writer.exec('insert into t values (1)')
      await new Promise(setImmediate)
    }
  })()

  const bytes = await backUpDatabase(path, `${path}.copy`)

  isDone = true
  await writing
  writer.close()
  expect(bytes).toBeGreaterThan(2 * 1024 * 1024)
  const copy = new DatabaseSync(`${path}.copy`)
  expect(copy.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  copy.close()
})
