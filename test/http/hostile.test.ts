import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listener, listen } from '../../src/cli/listen.ts'
import { findFreePort } from '../_support/free-port.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const HEAD = 'Host: localhost\r\nConnection: close\r\n'
const FORM = 'application/x-www-form-urlencoded'

let world: World
let listener: Listener
let port: number
/** A member's cookies: what is refused is refused to them too. */
let cookie: string

beforeAll(async () => {
  world = await createWorld({ environment: { APP_ORIGINS: 'https://app.example' } })
  port = await findFreePort()
  listener = await listen(world.daemun.fetch, { host: '127.0.0.1', port, setting: 'PORT' })
  const browser = world.browser()
  await login(world, browser, HANEUL)
  cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
})
afterAll(async () => {
  await listener.close(1000)
  await world.close()
})

/** Sends what no browser would, and reads all that comes back. */
async function send(text: string): Promise<{ status: number; answer: string }> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.on('error', () => {})
  socket.end(text)
  await once(socket, 'close')
  return { status: Number(answer.split(' ')[1]), answer }
}

async function post(path: string, type: string, body: string) {
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`
  return await send(`POST ${path} HTTP/1.1\r\n${HEAD}Content-Type: ${type}\r\n${length}\r\n${body}`)
}

describe('a path that is not written as ours are', () => {
  test.each([
    ['//session/', 404],
    ['/session//', 404],
    ['/%2Fsession', 404],
    ['/session%2F', 404],
    ['/SESSION/', 404],
    ['/session/;x', 404],
    ['/session%00', 404],
    ['/session/%00', 404],
    ['/./session/', 404],
    ['/healthz/../session/', 404],
    ['/healthz/%2e%2E/session/', 404],
    ['/healthz/.%2e/session', 404],
    ['/session/..', 404],
    ['/%', 404],
    ['/%c0%ae%c0%ae/session/', 404],
    ['/assets/..%2f..%2fpackage.json', 404],
    ['//evil.example/', 404],
    ['/\\evil.example', 400],
    ['/session\\', 400],
    ['*', 400],
  ])('%s: %i', async (path, status) => {
    const { status: answered, answer } = await send(
      `GET ${path} HTTP/1.1\r\n${HEAD}Cookie: ${cookie}\r\n\r\n`,
    )

    expect(answered).toBe(status)
    expect(answer).not.toContain('usr_')
    expect(answer).not.toMatch(/^location:/im)
  })

  test('a query may hold what a path may not', async () => {
    const { status } = await send(`GET /healthz?next=/../%00 HTTP/1.1\r\n${HEAD}\r\n`)
    expect(status).toBe(200)
  })

  test('is logged as it was sent, and no longer than need be', async () => {
    await send(`GET /%0a%1b[31m${'x'.repeat(5000)}?secret HTTP/1.1\r\n${HEAD}\r\n`)

    const line = world.log.at(-1)
    expect(line?.path).toMatch(/^\/%0a%1b\[31mx{200,}$/)
    expect(String(line?.path).length).toBeLessThanOrEqual(256)
  })
})

describe('a Host that is not ours', () => {
  test.each(['evil.example', 'localhost:1', 'x'.repeat(5000)])('%s leads nowhere', async (host) => {
    const { status, answer } = await send(
      `GET /oauth/kakao/login/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    )

    expect(status).toBe(302)
    expect(answer).toContain(encodeURIComponent('http://localhost:8000/oauth/'))
    expect(answer).not.toContain(host)
  })

  test.each(['http://evil.example/', 'https://evil.example:8443/'])(
    'nor does the target %s',
    async (target) => {
      const { status, answer } = await send(`GET ${target} HTTP/1.1\r\n${HEAD}\r\n`)

      expect(status).toBe(200)
      expect(answer).not.toContain('evil.example')
    },
  )

  test('nor do the headers of a proxy that nobody trusts', async () => {
    const forwarded =
      'X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\n'
    const { status, answer } = await send(`GET / HTTP/1.1\r\n${HEAD}${forwarded}\r\n`)

    expect(status).toBe(200)
    expect(answer).not.toContain('evil.example')
  })

  test.each(['', 'a b', '[::1', 'localhost@evil', 'evil/..', 'evil:80:80'])(
    '%j is refused',
    async (host) => {
      const { status } = await send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      expect(status).toBe(400)
    },
  )
})

describe('a request whose end two servers would see in two places is refused', () => {
  test.each([
    ['two kinds of length', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n', 'abcdef'],
    ['a length below nothing', 'Content-Length: -1\r\n', ''],
    ['a length in another notation', 'Content-Length: 0x5\r\n', 'abcde'],
    ['chunks that are not', 'Transfer-Encoding: chunked\r\n', 'zz\r\n\r\n'],
    ['a folded header', 'X-A: b\r\n Transfer-Encoding: chunked\r\n', ''],
    ['a space before the colon', 'Content-Length : 5\r\n', 'abcde'],
  ])('%s', async (_title, headers, body) => {
    const smuggled = `${body}GET /session/ HTTP/1.1\r\n${HEAD}Cookie: ${cookie}\r\n\r\n`
    const { status, answer } = await send(
      `POST /oauth/revoke/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${FORM}\r\n${headers}\r\n${smuggled}`,
    )

    expect(status).toBe(400)
    expect(answer).not.toContain('usr_')
  })
})

describe('headers', () => {
  test.each([
    ['two bearers', 'Authorization: Bearer a\r\nAuthorization: Bearer b\r\n'],
    ['a long bearer', `Authorization: Bearer ${'x'.repeat(20_000)}\r\n`],
    ['a bearer beside a good cookie', 'Authorization: Bearer a.b.c\r\n'],
    ['a session twice', 'Cookie: daemun_session=x\r\n'],
    ['thousands of cookies', `Cookie: ${'a=b; '.repeat(4000)}; daemun_session=x\r\n`],
    ['names of objects', 'Cookie: __proto__=x; constructor=y; daemun_session; =z\r\n'],
  ])('%s: nobody', async (title, headers) => {
    const own = title.includes('cookie') || title.includes('twice') ? `Cookie: ${cookie}\r\n` : ''
    const { status } = await send(`GET /session/ HTTP/1.1\r\n${HEAD}${own}${headers}\r\n`)
    expect(status).toBe(401)
  })

  test('a header with a control character is refused', async () => {
    expect((await send(`GET / HTTP/1.1\r\n${HEAD}User-Agent: a\u0000b\r\n\r\n`)).status).toBe(400)
  })

  test('TRACE shows nothing of what was sent', async () => {
    const { status, answer } = await send(
      `TRACE /session/ HTTP/1.1\r\n${HEAD}Cookie: ${cookie}\r\n\r\n`,
    )
    expect(status).toBe(405)
    expect(answer).not.toContain(cookie)
  })
})

describe('a body', () => {
  const LOGIN = '/oauth/kakao/login/'
  const TOKEN = '/oauth/token/'

  test.each([
    [TOKEN, 'multipart/form-data; boundary=x', '--x--', 415],
    [TOKEN, 'application/json', '{"grant_type":"refresh_token"}', 415],
    [TOKEN, `${FORM}; charset=euc-kr`, 'grant_type=refresh_token', 415],
    [TOKEN, `${FORM}; charset="UTF-8"`, 'grant_type=other', 400],
    [TOKEN, FORM, 'grant_type=a&grant_type=b', 400],
    [TOKEN, FORM, 'grant_type=refresh_token&refresh_token=%00', 400],
    [TOKEN, FORM, 'grant_type=refresh_token&refresh_token=%FF%FE', 400],
    [TOKEN, FORM, `grant_type=refresh_token&refresh_token=${'x'.repeat(60_000)}`, 400],
    [LOGIN, FORM, 'prompt=login', 415],
    [LOGIN, 'text/plain', '{}', 415],
    [LOGIN, 'application/json; charset=utf-16', '{}', 415],
    [LOGIN, 'application/json', '[]', 400],
    [LOGIN, 'application/json', 'null', 400],
    [LOGIN, 'application/json', '{"redirect_uri":["a"]}', 400],
    [LOGIN, 'application/json', '{"login_hint":"\\u0000"}', 400],
    [LOGIN, 'application/json', '{"login_hint":"\\ud800"}', 400],
    [LOGIN, 'application/json', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 400],
    [LOGIN, 'application/json', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 200],
    [LOGIN, 'application/json', '{"__proto__":{"prompt":"no such"},"constructor":1}', 200],
    [`${LOGIN}callback/`, 'application/json', '{"code":"\\ud800","attempt":"\\u0000"}', 400],
    [`${LOGIN}native/`, 'application/json', `{"id_token":"${'a'.repeat(60_000)}"}`, 400],
    [`${LOGIN}native/`, 'application/json', '{"access_token":"a\\nb"}', 401],
  ])('for %s of type %s: %s is answered with %i', async (path, type, body, status) => {
    expect((await post(path, type, body)).status).toBe(status)
  })
})

test('a device that calls itself at length is named in short', async () => {
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  await browser.get(callback, { 'user-agent': `${'x'.repeat(400)}/1.0 (y)` })

  const { session } = await readJson(await browser.get('/session/'))
  expect(session).toMatchObject({ device: 'x'.repeat(64) })
})

test('nothing of all this was a failure of ours', () => {
  const levels = new Set(world.log.map(({ level }) => level))
  expect([...levels].filter((level) => level !== 'info' && level !== 'debug')).toEqual([])
})

test('a webhook whose sender goes away in its midst is no failure of the store', async () => {
  const told = world.log.length
  const socket = connect(port, '127.0.0.1')
  const head = `${HEAD}Authorization: KakaoAK demo-admin-key\r\nContent-Type: ${FORM}\r\n`
  socket.write(
    `POST /webhooks/kakao/unlink/ HTTP/1.1\r\n${head}Content-Length: 500\r\n\r\napp_id=12`,
  )
  await once(socket, 'connect')
  socket.end(() => socket.resetAndDestroy())

  await expect
    .poll(() => world.log.slice(told))
    .toMatchObject([{ level: 'info', code: 'parameter_invalid', path: '/webhooks/kakao/unlink/' }])
})
