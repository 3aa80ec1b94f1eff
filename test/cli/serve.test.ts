import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFreePort } from '../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')
/** Linux answers for all of 127.0.0.0/8; only there is the emulator's port sure to be free. */
const HOST = process.platform === 'linux' ? '127.8.0.3' : '127.0.0.1'

let folder: string
let port: number
let child: ChildProcessByStdio<null, Readable, Readable>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-serve-'))
  port = await findFreePort()
})
afterEach(async () => {
  child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

interface Output {
  readonly log: Record<string, unknown>[]
  readonly stderr: string
}

/** Runs `daemun serve` until it listens, then asks it something, then stops it. */
async function serve(
  args: readonly string[],
  environment: Record<string, string>,
  ask: () => Promise<void> = async () => {},
): Promise<Output> {
  child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...NEEDED_ENVIRONMENT, PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stderr = text(child.stderr)
  const stdout: string[] = []
  const exited = once(child, 'exit')
  for await (const chunk of child.stdout) {
    stdout.push(String(chunk))
    if (String(chunk).includes('"listening"')) {
      await ask()
      child.kill('SIGTERM')
    }
  }
  expect(await exited).toEqual([0, null])
  const lines = stdout.join('').trim().split('\n')
  return { log: lines.map((line) => JSON.parse(line)), stderr: await stderr }
}

test('without a key it says where to click, and that an emulator stands in', async () => {
  const { log, stderr } = await serve([], { HOST }, async () => {
    expect((await fetch(`http://${HOST}:${port}/healthz`)).status).toBe(200)
  })

  expect(stderr).toContain(`Open   http://localhost:${port}/ `)
  expect(stderr).toContain('Kakao  http://localhost:8001/   (emulator: no Kakao key is set)')
  expect(log.map(({ msg }) => msg)).toEqual(
    expect.arrayContaining(['listening', 'stopping', 'stopped']),
  )
})

test.each([
  [[], false],
  [['--auto'], true],
  [['serve', '--auto'], true],
])(
  'daemun %j: the emulator beside it sends a visitor back unasked: %s',
  async (args, isUnasked) => {
    await serve(args, { HOST }, async () => {
      const redirectUri = `http://localhost:${port}/oauth/kakao/login/callback/`
      const query = new URLSearchParams({
        client_id: 'demo-rest-api-key',
        redirect_uri: redirectUri,
        response_type: 'code',
      })
      const answer = await fetch(`http://${HOST}:8001/oauth/authorize?${query}`, {
        redirect: 'manual',
      })
      const location = answer.headers.get('location') ?? ''
      expect(location.startsWith(`${redirectUri}?code=`)).toBe(isUnasked)
    })
  },
)

test('in production it says nothing beside its log, and what should not stay so', async () => {
  await writeFile(
    join(folder, '.env'),
    `NODE_ENV=production
HOST=127.0.0.1
ALLOW_EMULATOR=true
KAKAO_REST_API_KEY=k
KAKAO_KAUTH_URL=http://localhost:9
KAKAO_KAPI_URL=http://localhost:9
KAKAO_REDIRECT_URI=http://localhost:${port}/oauth/kakao/login/callback/
SECRET_KEY='q8Zr1vXw5TnKb3LmYc7UdF2hJs9GaE4p'
`,
  )
  const { log, stderr } = await serve(['serve'], {})

  expect(stderr).toBe('')
  expect(log[0]).toMatchObject({
    level: 'warn',
    msg: 'ALLOW_EMULATOR: admits http and loopback URLs in production: for rehearsals only',
  })
  expect(log).toContainEqual(
    expect.objectContaining({ msg: 'listening', url: `http://localhost:${port}` }),
  )
  expect(JSON.stringify(log)).not.toContain('q8Zr1vXw5TnKb3LmYc7UdF2hJs9GaE4p')
})
