import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from '../_support/browser.ts'
import { runDaemunIn } from '../_support/command.ts'
import { findFreePort } from '../_support/free-port.ts'
import { readJson } from '../_support/login.ts'
import { type Layout, startLayout } from './_support/layout.ts'
import { LOAD_PEOPLE } from './_support/load.ts'
import { findNginx, startNginx } from './_support/nginx.ts'

const nginx = findNginx()
const FORGED = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' }

describe.skipIf(nginx === undefined)('deploy/nginx.conf (skipped where there is no nginx)', () => {
  let folder: string
  let layout: Layout

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-nginx-'))
    layout = await startLayout({ databaseUrl: `sqlite:${join(folder, 'daemun.db')}`, nginx })
  })
  afterAll(async () => {
    await layout.close()
    await rm(folder, { recursive: true })
  })

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(layout.origin + path, { redirect: 'manual', ...init })

  test("a visitor's address is the one that they came from, whatever they claim", async () => {
    const browser = new Browser(layout.ask, layout.origin)
    const start = await browser.get('/oauth/kakao/login/', FORGED)
    const [person = { id: '' }] = LOAD_PEOPLE
    const back = await layout.authorize(start.headers.get('location') ?? '', person)
    expect((await browser.get(back, FORGED)).status).toBe(200)

    const { environment } = layout
    const { stdout } = await runDaemunIn({ folder, environment }, 'audit', 'export')
    const addresses = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).address)
    expect(addresses.length).toBeGreaterThan(0)
    expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']))
  })

  test('what is too large is refused in the words of Daemun', async () => {
    const body = 'x'.repeat(100 * 1024)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const large = await ask('/oauth/token/', { method: 'POST', headers, body })
    expect([large.status, (await readJson(large)).code]).toEqual([413, 'body_too_large'])

    const long = await ask(`/oauth/kakao/login/?next=/${'x'.repeat(9000)}`)
    expect([long.status, (await readJson(long)).code]).toEqual([414, 'query_too_long'])
  })

  test('metrics are for the inside, and browsers are told to come by https', async () => {
    expect((await ask('/metrics')).status).toBe(404)
    const page = await ask('/')
    expect(page.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(await askByHttp('/session/?a=b')).toEqual([308, 'https://localhost/session/?a=b'])
  })

  test('its log tells which instance answered what, and nothing of queries and ids', async () => {
    await ask('/healthz?code=secret-code')
    await ask('/me/sessions/ses_secret-session/', { method: 'DELETE' })
    const readLogs = async () => (await layout.nginx?.readLogs()) ?? ''
    await expect.poll(readLogs).toContain('"path":"/me/sessions/..."')
    const log = await readLogs()
    expect(log).toMatch(/"path":"\/healthz","status":200,.*"instances":"127.0.0.1:\d+"/)
    expect(log).not.toContain('secret')
  })

  test('an instance is sent what nginx knows of the visitor, on a connection of its own', async () => {
    const echo = await startEcho()
    const ports = { http: await findFreePort(), https: await findFreePort() }
    const own = await mkdtemp(join(tmpdir(), 'daemun-nginx-'))
    const alone = await startNginx(nginx ?? '', {
      folder: own,
      ports,
      instances: [echo.port, echo.port],
    })
    const headers = { ...FORGED, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
    const origin = `https://localhost:${ports.https}`
    const seen = await readJson(await fetch(`${origin}/session/?a=b`, { headers }))
    await alone.stop()
    await echo.close()
    await rm(own, { recursive: true })

    expect(seen).toMatchObject({
      connection: 'close',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': new URL(origin).host,
      'x-forwarded-uri': '/session/?a=b',
    })
    expect(Object.keys(seen)).not.toContain('forwarded')
    // Or visitors would decide which traces are kept.
    expect(Object.keys(seen)).not.toContain('traceparent')
  })

  /** @returns The status, and where it leads. */
  async function askByHttp(path: string): Promise<unknown[]> {
    const sent = request({ port: layout.nginx?.httpPort, path, headers: { host: 'localhost' } })
    sent.end()
    const [answer] = await once(sent, 'response')
    answer.resume()
    return [answer.statusCode, answer.headers.location]
  }
})

/** Somebody who answers with the headers that they were sent. */
async function startEcho(): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(({ headers }, response) => {
    response.end(JSON.stringify(headers))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
