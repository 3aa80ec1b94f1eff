import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { findFreePort } from '../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')
/** Writes down what is imported, a line each. */
const RECORDER = `
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      appendFileSync(process.env.RECORD, found.url + '\\n')
      return found
    },
  })
`
/** What a service on SQLite with a key never needs, or not before its first answer. */
const NEEDLESS =
  /\/node_modules\/(pg|prom-client|pino-pretty|yaml|zod|libphonenumber-js|@opentelemetry)\/|\/src\/(emulator|db\/postgres\/(connect|dialect|hearing))/

test('a server is ready before it has loaded what it may never need', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-loading-'))
  const record = join(folder, 'record.txt')
  const recorder = `data:text/javascript;base64,${Buffer.from(RECORDER).toString('base64')}`
  const environment = {
    PORT: String(await findFreePort()),
    KAKAO_REST_API_KEY: 'k',
    KAKAO_KAUTH_URL: 'http://localhost:9',
    KAKAO_KAPI_URL: 'http://localhost:9',
    RECORD: record,
  }
  const child = spawn(process.execPath, ['--import', recorder, CLI, 'serve'], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"listening"')) break
  }
  child.kill('SIGTERM')
  await exit

  const loaded = (await readFile(record, 'utf8')).split('\n')
  await rm(folder, { recursive: true })
  expect(loaded.length).toBeGreaterThan(100)
  expect(loaded.filter((url) => NEEDLESS.test(url))).toEqual([])
})
