import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { readJson } from '../_support/login.ts'
import { SOL } from '../_support/world.ts'
import { type Front, findCommand, openFront, type ProxyExample } from './_support/front.ts'

const NGINX: ProxyExample = {
  name: 'nginx',
  command: findCommand('nginx', '-v'),
  configFile: 'nginx/nginx.conf',
  arguments: ['-p', '.', '-c', 'config', '-g', 'daemon off;'],
}
const CADDY: ProxyExample = {
  name: 'Caddy',
  command: findCommand('caddy', 'version'),
  configFile: 'caddy/Caddyfile',
  arguments: ['run', '--config', 'config', '--adapter', 'caddyfile'],
}

const AS_PAGE = { accept: 'text/html' }
const FORGED = {
  'x-daemun-user-id': 'usr_admin',
  'x-daemun-social-id': 'kakao_1',
  'x-daemun-user-email': 'admin@example.com',
  x_daemun_user_email: 'admin@example.com',
}

for (const proxy of [NGINX, CADDY])
  describe.skipIf(proxy.command === undefined)(
    `behind ${proxy.name} (skipped where there is none)`,
    () => {
      let front: Front

      beforeAll(async () => {
        front = await openFront(proxy)
      }, 60_000)
      afterAll(() => front.close())

      async function logIn(browser: Browser, start: string): Promise<Response> {
        const toKakao = await browser.get(start, AS_PAGE)
        const kakao = await fetch(toKakao.headers.get('location') ?? '', { redirect: 'manual' })
        return await browser.get(kakao.headers.get('location') ?? '', AS_PAGE)
      }

      test('a guest is led to the login, and back to the page asked for', async () => {
        const browser = front.newBrowser()
        const asked = '/reports/?year=2026&redirect=1'
        const refused = await browser.get(asked, AS_PAGE)
        expect(refused.status).toBe(302)
        const start = refused.headers.get('location') ?? ''
        expect(start.startsWith(`${front.url}/oauth/kakao/login/?next=`)).toBe(true)

        const back = await logIn(browser, start)
        expect(back.headers.get('location')).toBe(front.url + asked)

        const page = await browser.get(asked, AS_PAGE)
        expect(await readJson(page)).toEqual({
          path: asked,
          user: expect.stringMatching(/^usr_/),
          social: 'kakao_1000000001',
          email: 'haneul@example.com',
        })
      })

      test.each<[string, Record<string, string>]>([
        ['nothing', {}],
        ['rubbish', { authorization: 'Bearer rubbish' }],
        ['an unknown cookie', { cookie: 'daemun_session=x' }],
        ["a proxy's headers", { 'x-forwarded-host': 'evil.example', 'x-forwarded-method': 'GET' }],
      ])('whoever is no browser gets 401 with %s, never 500', async (_title, headers) => {
        const response = await front.newBrowser().get('/reports/', headers)
        expect(response.status).toBe(401)
        expect(response.headers.get('www-authenticate')).toBe('Bearer')
      })

      test('what a visitor forges never reaches the service', async () => {
        const browser = front.newBrowser()
        await logIn(browser, '/oauth/kakao/login/?next=/')

        expect(await readJson(await browser.get('/x', FORGED))).toMatchObject({
          user: expect.not.stringContaining('admin'),
          social: 'kakao_1000000001',
          email: 'haneul@example.com',
        })
        expect((await front.newBrowser().get('/x', FORGED)).status).toBe(401)
      })

      test('nor does it fill what Daemun leaves out: an e-mail that is not verified', async () => {
        const browser = front.newBrowser()
        await logIn(browser, `/oauth/kakao/login/?next=/&login_hint=${SOL.id}`)

        expect(await readJson(await browser.get('/x', FORGED))).toMatchObject({
          social: `kakao_${SOL.id}`,
          email: '',
        })
      })

      test('a form posted by a guest is refused, not led anywhere', async () => {
        const response = await front.newBrowser().post('/reports/', 'a=b', AS_PAGE)
        expect(response.status).toBe(401)
      })

      test('a form posted by a member reaches the service', async () => {
        const browser = front.newBrowser()
        await logIn(browser, '/oauth/kakao/login/?next=/')
        expect((await browser.post('/reports/', 'a=b')).status).toBe(200)
      })

      test('a log-out ends it', async () => {
        const browser = front.newBrowser()
        await logIn(browser, '/oauth/kakao/login/?next=/')
        await browser.post('/logout/')
        expect((await browser.get('/reports/')).status).toBe(401)
      })

      test('while Daemun or its store is away, nobody gets in, and all are told to come again', async () => {
        const browser = front.newBrowser()
        await logIn(browser, '/oauth/kakao/login/?next=/')
        await front.stopDaemun()
        const away = await browser.get('/reports/')
        expect([502, 503]).toContain(away.status)

        // As Daemun answers while its store is away.
        const stub = createServer((_request, response) => {
          response.writeHead(503, { 'retry-after': '5' }).end()
        })
        await once(stub.listen(front.daemunPort, '127.0.0.1'), 'listening')
        const unsure = await browser.get('/reports/')
        stub.closeAllConnections()
        stub.close()

        expect(unsure.status).toBe(503)
        expect(unsure.headers.get('retry-after')).toBe('5')
      })
    },
  )
