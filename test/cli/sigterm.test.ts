import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Listener, listen } from '../../src/cli/listen.ts'
import { POSTGRES } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { NEEDED_ENVIRONMENT } from '../_support/needed-environment.ts'
import { type StartedServer, startServer } from '../_support/started-server.ts'
import { startTcpProxy } from '../_support/tcp-proxy.ts'

const CLI = resolve(import.meta.dirname, '../../src/cli.ts')
const SHORT_GRACE = resolve(import.meta.dirname, '_support/serve-with-short-grace.ts')
const HOST = '127.0.0.1'

let folder: string
let kakao: Listener
let kakaoUrl: string
let isAsked: Promise<void>
/** Lets Kakao answer, with a refusal. */
let letAnswer: () => void

/** A Kakao that holds the call for tokens until it is told to answer. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemun-sigterm-'))
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  isAsked = asked.promise
  letAnswer = answered.resolve
  const port = await findFreePort()
  kakaoUrl = `http://${HOST}:${port}`
  kakao = await listen(
    async (request) => {
      if (request.method !== 'POST') return new Response('', { status: 404 })
      asked.resolve()
      await answered.promise
      const refusal = { error: 'invalid_grant', error_code: 'KOE320' }
      return Response.json(refusal, { status: 400 })
    },
    { host: HOST, port, setting: 'port' },
  )
})
afterEach(async () => {
  await kakao.close(0)
  await rm(folder, { recursive: true })
})

async function createEnvironment(databaseUrl: string) {
  const port = await findFreePort()
  return {
    PORT: String(port),
    KAKAO_KAUTH_URL: kakaoUrl,
    KAKAO_KAPI_URL: kakaoUrl,
    KAKAO_REDIRECT_URI: `http://localhost:${port}/oauth/kakao/login/callback/`,
    ALLOW_UNBOUND_RELAY: 'true',
    SECRET_KEY: 'a secret for tests',
    DATABASE_URL: databaseUrl,
  }
}

async function start(databaseUrl: string, script?: string): Promise<StartedServer> {
  return await startServer(await createEnvironment(databaseUrl), folder, script)
}

async function untilRefused(url: string): Promise<void> {
  while (await fetch(url).then(Boolean, () => false));
}

async function outcomeOf(request: Promise<Response>): Promise<'answered' | 'cut off'> {
  return await request.then(
    () => 'answered',
    () => 'cut off',
  )
}

test('what is in flight is finished, nothing new is taken, and the exit code is 0', async () => {
  const server = await start('sqlite::memory:')
  const login = server.post('/oauth/kakao/login/callback/', { code: 'a-code' })
  await isAsked

  const exit = server.stop()
  await untilRefused(`${server.url}/healthz`)
  letAnswer()

  const response = await login
  expect(response.status).toBe(400)
  expect(response.headers.get('connection')).toBe('close')
  expect(await exit).toBe(0)
})

test('what is not finished in time is cut off, and the exit code is 1', async () => {
  const server = await start('sqlite::memory:', SHORT_GRACE)
  const outcome = outcomeOf(server.post('/oauth/kakao/login/callback/', { code: 'a-code' }))
  await isAsked

  expect(await server.stop()).toBe(1)
  expect(await outcome).toBe('cut off')
})

test('a PostgreSQL that hangs does not keep the process', async () => {
  const proxy = await startTcpProxy(await POSTGRES.createUrl())
  const server = await start(proxy.url, SHORT_GRACE)
  proxy.pause()
  const headers = { cookie: 'daemun_session=x' }
  const outcome = outcomeOf(fetch(`${server.url}/session/`, { headers }))
  await proxy.heldUp

  expect(await server.stop()).toBe(1)
  expect(await outcome).toBe('cut off')
  await proxy.close()
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s before the port is open ends the wait for the store, with 0 and its lines in the log',
  async (signal) => {
    const proxy = await startTcpProxy(await POSTGRES.createUrl())
    proxy.pause()
    const environment = { ...(await createEnvironment(proxy.url)), STORE_TIMEOUT: '60s' }
    const child = spawn(process.execPath, [CLI, 'serve'], {
      cwd: folder,
      env: { ...NEEDED_ENVIRONMENT, ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [output, exit] = [text(child.stdout), once(child, 'exit')]
    await proxy.heldUp
    child.kill(signal)

    expect(await exit).toEqual([0, null])
    expect(await output).toMatch(/"stopping"[\s\S]*"stopped"/)
    await proxy.close()
  },
)
