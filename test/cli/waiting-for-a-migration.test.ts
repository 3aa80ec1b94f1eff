import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { expect, test } from 'vitest'
import { BARE_POSTGRES } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')
/** What instances that migrate queue behind. */
const LOCK_ID = 4_215_713

test('while another instance migrates, the log says what is waited for, and then that it is over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-waiting-'))
  const url = await BARE_POSTGRES.createUrl()
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  await other.query('select pg_advisory_lock($1)', [LOCK_ID])
  const environment = {
    PORT: String(await findFreePort()),
    KAKAO_REST_API_KEY: 'k',
    KAKAO_KAUTH_URL: 'http://localhost:9',
    KAKAO_KAPI_URL: 'http://localhost:9',
    SECRET_KEY: 'a secret for tests',
    DATABASE_URL: url,
  }
  const child = spawn(process.execPath, [CLI, 'serve'], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async () => JSON.parse(String((await lines.next()).value))

  const waiting = await nextLine()
  expect(waiting.msg).toBe('the schema is being brought up to date, here or by another instance')
  expect(waiting.steps).toContain(1)
  await other.end()
  expect(await nextLine()).toMatchObject({ msg: 'the schema is up to date', steps: waiting.steps })

  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  await rm(folder, { recursive: true })
})
