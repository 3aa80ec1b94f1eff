import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveEmulator } from '../../src/cli/serve-emulator.ts'
import { decodeJws } from '../../src/jose/index.ts'
import { Browser } from '../_support/browser.ts'
import { runDaemunIn } from '../_support/command.ts'
import { ENGINES } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { type Json, readJson } from '../_support/login.ts'
import { createSharedUrl } from '../_support/shared-store.ts'
import { type StartedServer, startServer } from '../_support/started-server.ts'

describe.each(ENGINES)('two processes on one $name', (engine) => {
  let folder: string
  let environment: Record<string, string>
  let kakaoUrl: string
  let stopKakao: () => Promise<unknown>
  let servers: [StartedServer, StartedServer]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-two-'))
    const [kakaoPort, one, other] = [
      await findFreePort(),
      await findFreePort(),
      await findFreePort(),
    ]
    kakaoUrl = `http://127.0.0.1:${kakaoPort}`
    const kakao = await serveEmulator({
      host: '127.0.0.1',
      port: kakaoPort,
      setting: 'port',
      auto: true,
    })
    stopKakao = () => kakao.close(1000)

    environment = {
      KAKAO_KAUTH_URL: kakaoUrl,
      KAKAO_KAPI_URL: kakaoUrl,
      KAKAO_REDIRECT_URI: `http://localhost:${one}/oauth/kakao/login/callback/`,
      SECRET_KEY: 'shared by both',
      DATABASE_URL: await createSharedUrl(engine, folder),
    }
    servers = await Promise.all([
      startServer({ ...environment, PORT: String(one) }, folder),
      startServer({ ...environment, PORT: String(other) }, folder),
    ])
  }, 30_000)

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await stopKakao()
    await rm(folder, { recursive: true })
  })

  /** Goes to Kakao and back with one browser, as far as the callback's address. */
  async function comeBack(browser: Browser): Promise<string> {
    const start = await browser.get('/oauth/kakao/login/')
    const kakao = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' })
    const callback = new URL(kakao.headers.get('location') ?? '')
    return callback.pathname + callback.search
  }

  async function countExchanges(): Promise<number> {
    const journal = await fetch(`${kakaoUrl}/_emulator/journal`)
    const { requests } = (await journal.json()) as { requests: { path: string }[] }
    return requests.filter(({ path }) => path === '/oauth/token').length
  }

  test('a login begun on one is finished on the other', async () => {
    const [one, other] = servers
    const browser = new Browser(one.ask, one.url)
    const callback = await comeBack(browser)

    const elsewhere = new Browser(other.ask, other.url, browser.cookies)
    expect((await elsewhere.get(callback)).status).toBe(200)
    expect((await browser.get('/session/')).status).toBe(200)
  })

  test('the same code at both at once: one exchange, one answer, one session', async () => {
    const [one, other] = servers
    const browser = new Browser(one.ask, one.url)
    const callback = await comeBack(browser)
    const before = await countExchanges()
    const elsewhere = new Browser(other.ask, other.url, new Map(browser.cookies))

    const answers = await Promise.all([browser.get(callback), elsewhere.get(callback)])

    const [first, second] = await Promise.all(answers.map(readJson))
    expect(first).toMatchObject({ social_id: 'kakao_1000000001' })
    expect(second).toEqual(first)
    expect(elsewhere.cookies.get('daemun_session')).toBe(browser.cookies.get('daemun_session'))
    expect((await countExchanges()) - before).toBe(1)
  })

  async function signIn(): Promise<Json> {
    const [one, other] = servers
    const start = await one.post('/oauth/kakao/login/', {})
    const { authorize_url, attempt } = await readJson(start)
    const kakao = await fetch(String(authorize_url), { redirect: 'manual' })
    const back = new URL(kakao.headers.get('location') ?? '').searchParams
    const relay = { code: back.get('code'), state: back.get('state'), attempt }
    return await readJson(await other.post('/oauth/kakao/login/callback/', relay))
  }

  async function postForm(
    { ask, url }: StartedServer,
    path: string,
    fields: Record<string, string>,
  ): Promise<Response> {
    const body = new URLSearchParams(fields)
    return await ask(new Request(url + path, { method: 'POST', body }))
  }

  test('an access token of one is known to the other, and a revocation at once', async () => {
    const [one, other] = servers
    const tokens = await signIn()
    const headers = { authorization: `Bearer ${tokens.access_token}` }

    const statusAtOne = async () =>
      (await one.ask(new Request(`${one.url}/session/`, { headers }))).status

    expect(await statusAtOne()).toBe(200)
    await postForm(other, '/oauth/revoke/', { token: String(tokens.access_token) })
    await expect.poll(statusAtOne, { interval: 1 }).toBe(401)
  })

  test('thirty-two refreshes of one token, half at each: one live family', async () => {
    const { refresh_token } = await signIn()
    const refresh = async (server: StartedServer, token: unknown) =>
      await postForm(server, '/oauth/token/', {
        grant_type: 'refresh_token',
        refresh_token: String(token),
      })

    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        servers.map((server) => refresh(server, refresh_token)),
      ).flat(),
    )

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const bodies = await Promise.all(answers.map(readJson))
    expect(new Set(bodies.map((body) => body.refresh_token)).size).toBe(1)
    const [one, other] = servers
    const next = await readJson(await refresh(one, bodies[0]?.refresh_token))
    expect((await refresh(other, next.refresh_token)).status).toBe(200)
  })

  test('a key made beside them is published by both within seconds, and signs at once with --now', async () => {
    const publishedKids = async ({ url, ask }: StartedServer) => {
      const response = await ask(new Request(`${url}/.well-known/jwks.json`))
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
    }
    const rotate = async (...options: string[]) => {
      const rotated = await runDaemunIn({ folder, environment }, 'keys', 'rotate', ...options)
      expect(rotated).toMatchObject({ code: 0, stderr: '' })
      return rotated.stdout.trim()
    }
    const kids = [await rotate(), await rotate('--now')]

    for (const server of servers) {
      await expect
        .poll(() => publishedKids(server), { timeout: 20_000 })
        .toEqual(expect.arrayContaining(kids))
    }
    const { access_token } = await signIn()
    expect(decodeJws(String(access_token)).header.kid).toBe(kids[1])
  })
})
