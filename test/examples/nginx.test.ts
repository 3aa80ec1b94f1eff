import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveEmulator } from '../../src/cli/serve-emulator.ts'
import { Browser } from '../_support/browser.ts'
import { findFreePort } from '../_support/free-port.ts'
import { readJson } from '../_support/login.ts'
import { type StartedServer, startServer } from '../_support/started-server.ts'

const EXAMPLE = resolve(import.meta.dirname, '../../examples/nginx')
const NGINX = ['nginx', '/usr/sbin/nginx'].find((path) => spawnSync(path, ['-v']).status === 0)
if (NGINX === undefined) {
  process.stderr.write('\nSKIPPED: examples/nginx was not tested, since there is no nginx here\n\n')
}

describe.skipIf(NGINX === undefined)('examples/nginx (skipped where there is no nginx)', () => {
  let folder: string
  let url: string
  let server: StartedServer
  let children: ChildProcess[]
  let stopKakao: () => Promise<unknown>

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daemun-nginx-'))
    const ports = { front: 0, daemun: 0, service: 0, kakao: 0 }
    for (const name of ['front', 'daemun', 'service', 'kakao'] as const) {
      ports[name] = await findFreePort()
    }
    url = `http://localhost:${ports.front}`
    const kakaoUrl = `http://127.0.0.1:${ports.kakao}`
    const listener = await serveEmulator({
      host: '127.0.0.1',
      port: ports.kakao,
      setting: 'port',
      auto: true,
    })
    stopKakao = () => listener.close(1000)
    server = await startServer(
      {
        PORT: String(ports.daemun),
        KAKAO_KAUTH_URL: kakaoUrl,
        KAKAO_KAPI_URL: kakaoUrl,
        KAKAO_REDIRECT_URI: `${url}/oauth/kakao/login/callback/`,
        TRUST_PROXY: '1',
        SECRET_KEY: 'behind nginx',
        DATABASE_URL: 'sqlite::memory:',
      },
      folder,
    )
    await writeConfig(folder, ports)
    children = [
      spawn(process.execPath, [join(EXAMPLE, 'upstream.mjs')], {
        env: { PORT: String(ports.service) },
        stdio: 'ignore',
      }),
      spawn(NGINX ?? '', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    ]
    await Promise.all([untilListening(ports.front), untilListening(ports.service)])
  }, 30_000)

  afterAll(async () => {
    for (const child of children) {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
    await server.stop()
    await stopKakao()
    await rm(folder, { recursive: true, force: true })
  })

  function newBrowser(): Browser {
    return new Browser(async (request) => await fetch(request, { redirect: 'manual' }), url)
  }

  const asPage = { accept: 'text/html' }

  async function logIn(browser: Browser, start: string): Promise<Response> {
    const toKakao = await browser.get(start, asPage)
    const kakao = await fetch(toKakao.headers.get('location') ?? '', { redirect: 'manual' })
    return await browser.get(kakao.headers.get('location') ?? '', asPage)
  }

  test('a guest is led to the login, and back to the page asked for', async () => {
    const browser = newBrowser()
    const asked = '/reports/?year=2026&redirect=1'
    const refused = await browser.get(asked, asPage)
    expect(refused.status).toBe(302)
    const start = refused.headers.get('location') ?? ''
    expect(start.startsWith(`${url}/oauth/kakao/login/?next=`)).toBe(true)

    const back = await logIn(browser, start)
    expect(back.headers.get('location')).toBe(url + asked)

    const page = await browser.get(asked, asPage)
    expect(await readJson(page)).toEqual({
      path: asked,
      user: expect.stringMatching(/^usr_/),
      social: 'kakao_1000000001',
      email: 'haneul@example.com',
    })
  })

  test('whoever is no browser gets 401, with nothing and with rubbish, never 500', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer rubbish' },
      { cookie: 'daemun_session=x' },
    ]) {
      const response = await newBrowser().get('/reports/', headers)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test('what a visitor forges never reaches the service', async () => {
    const browser = newBrowser()
    await logIn(browser, '/oauth/kakao/login/?next=/')
    const forged = {
      'x-daemun-user-id': 'usr_admin',
      'x-daemun-user-email': 'admin@example.com',
      'x-daemun-social-id': 'kakao_1',
    }
    expect(await readJson(await browser.get('/x', forged))).toMatchObject({
      user: expect.not.stringContaining('admin'),
      social: 'kakao_1000000001',
      email: 'haneul@example.com',
    })
    expect((await newBrowser().get('/x', forged)).status).toBe(401)
  })

  test('a form posted by a guest is refused, not led anywhere', async () => {
    const response = await newBrowser().post('/reports/', 'a=b', asPage)
    expect(response.status).toBe(401)
  })

  test('a log-out ends it', async () => {
    const browser = newBrowser()
    await logIn(browser, '/oauth/kakao/login/?next=/')
    await browser.post('/logout/')
    expect((await browser.get('/reports/')).status).toBe(401)
  })
})

/** The example as it stands, but for its ports. */
async function writeConfig(
  folder: string,
  ports: { front: number; daemun: number; service: number },
): Promise<void> {
  const config = (await readFile(join(EXAMPLE, 'nginx.conf'), 'utf8'))
    .replaceAll('127.0.0.1:8080', `127.0.0.1:${ports.front}`)
    .replaceAll('127.0.0.1:8000', `127.0.0.1:${ports.daemun}`)
    .replaceAll('127.0.0.1:9000', `127.0.0.1:${ports.service}`)
  await mkdir(join(folder, 'tmp'))
  await writeFile(join(folder, 'nginx.conf'), config)
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise((settle) => {
      socket.once('connect', () => settle(true))
      socket.once('error', () => settle(false))
    })
    socket.destroy()
    if (isOpen) return
    await wait(20)
  }
}
