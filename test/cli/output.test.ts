import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findFreePort } from '../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'

/** Every write there fails for want of room; Linux has it. */
const FULL = '/dev/full'
/** So many lines of the log are more than its 64 KB hold. */
const LINES_OF_A_PIPE = 400
const CLI = resolve(import.meta.dirname, '../../src/cli.ts')
/** Kakao is nowhere: the log has something to say of it. */
const NO_KAKAO = 'http://localhost:9'

let folder: string
let port: number
let child: ChildProcessByStdio<null, Readable, Readable>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-output-'))
  port = await findFreePort()
})
afterEach(async () => {
  child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

/** Runs Node so, in an empty folder and with a Kakao that does not answer. */
function start(args: readonly string[], stdout: 'pipe' | number = 'pipe'): void {
  child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...NEEDED_ENVIRONMENT,
      PORT: String(port),
      KAKAO_REST_API_KEY: 'k',
      KAKAO_KAUTH_URL: NO_KAKAO,
      KAKAO_KAPI_URL: NO_KAKAO,
    },
    stdio: ['ignore', stdout, 'pipe'],
  }) as typeof child
}

/** A pipe that somebody holds open and never reads. */
async function openPipe(): Promise<FileHandle> {
  const path = join(folder, 'pipe')
  execFileSync('mkfifo', [path])
  return await open(path, 'r+')
}

async function waitFor(said: string, stream: Readable): Promise<void> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes(said)) return
  }
}

describe('whoever read the output may leave', () => {
  test('a server goes on', async () => {
    start([CLI, 'serve'])
    child.stderr.destroy()
    await waitFor('"listening"', child.stdout)
    child.stdout.destroy()

    const callback = `http://127.0.0.1:${port}/oauth/kakao/login/callback/`
    for (let asked = 0; asked < 20; asked += 1) {
      // Each leaves a line in the log.
      expect((await fetch(callback)).status).toBe(400)
    }
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('a server that has nothing to say before it is told to stop ends', async () => {
    start([CLI, 'serve'])
    child.stderr.destroy()
    await waitFor('"listening"', child.stdout)
    child.stdout.destroy()

    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('a server whose log nobody takes any more goes on, and ends', async () => {
    const log = await openPipe()
    start([CLI, 'serve'], log.fd)
    await waitFor('Open', child.stderr)
    for (let asked = 0; asked < LINES_OF_A_PIPE; asked += 1) {
      expect((await fetch(`http://127.0.0.1:${port}/oauth/kakao/login/callback/`)).status).toBe(400)
    }

    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    await log.close()
  })

  test.runIf(existsSync(FULL))('a server whose log has no room goes on, and ends', async () => {
    const log = await open(FULL, 'w')
    start([CLI, 'serve'], log.fd)
    await waitFor('Open', child.stderr)
    await log.close()

    expect((await fetch(`http://127.0.0.1:${port}/session/`)).status).toBe(401)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test.runIf(existsSync(FULL))('a command whose output has no room fails', async () => {
    const output = await open(FULL, 'w')
    start([CLI, '--help'], output.fd)
    const [[code]] = await Promise.all([once(child, 'exit'), output.close()])
    expect(code).toBe(1)
  })

  test('a command ends as ever', async () => {
    start([CLI, '--help'])
    child.stdout.destroy()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})

describe('a failure that nobody expected', () => {
  const failure = `Object.assign(new Error('boom', { cause: new Error('deep') }), { row: 'personal' })`

  test.each([
    ['thrown', `throw ${failure}`],
    ['rejected', `Promise.reject(${failure})`],
  ])('%s ends the process with 1 and its stack, without what hangs on it', async (_how, code) => {
    const handler = `process.on('SIGUSR2', () => { ${code} })`
    const preload = `data:text/javascript;base64,${Buffer.from(handler).toString('base64')}`
    start(['--import', preload, CLI, 'emulator', '--port', String(port)])
    await waitFor('_emulator', child.stderr)

    child.kill('SIGUSR2')
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')])

    expect(exitCode).toBe(1)
    expect(stderr).toContain('Error: boom\n    at ')
    expect(stderr).toContain('Error: deep\n    at ')
    expect(stderr).not.toContain('personal')
  })
})
