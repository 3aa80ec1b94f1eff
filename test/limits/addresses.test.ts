import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/cli/listen.ts'
import { findFreePort } from '../_support/free-port.ts'
import { readJson } from '../_support/login.ts'
import { APP, createWorld, type World } from '../_support/world.ts'
import { from, startFrom, startOften } from './_support/addresses.ts'

const HERE = '203.0.113.7'
const ELSEWHERE = '203.0.113.8'

async function openWorld(environment: Record<string, string> = {}): Promise<World> {
  const limits = { RATE_LIMIT_LOGIN: '3/1m', RATE_LIMIT_TOKEN: '2/1m', TRUST_PROXY: '1' }
  const world = await createWorld({ environment: { ...limits, ...environment } })
  onTestFinished(() => world.close())
  return world
}

describe('an address that has used up its limit', () => {
  test('is refused, and told when to come again; others are not', async () => {
    const world = await openWorld()
    expect(await startOften(world, HERE, 3)).toBe(302)
    world.clock.advance(12_400)

    const refused = await startFrom(world, HERE)

    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('48')
    expect(refused.headers.get('cache-control')).toBe('no-store')
    expect(refused.headers.getSetCookie()).toEqual([])
    expect(await readJson(refused)).toMatchObject({ code: 'rate_limited', status: 429 })
    expect((await startFrom(world, ELSEWHERE)).status).toBe(302)
  })

  test('may come again once the window is over that its first request opened', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 2)
    world.clock.advance(59_999)
    expect(await startOften(world, HERE, 1)).toBe(302)

    const refused = await startFrom(world, HERE)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])

    world.clock.advance(1)
    expect(await startOften(world, HERE, 3)).toBe(302)
    expect(await startOften(world, HERE, 1)).toBe(429)
  })

  test('does not wait longer for having gone on asking', async () => {
    const world = await openWorld()
    expect(await startOften(world, HERE, 50)).toBe(429)

    world.clock.advance(60_000)
    expect(await startOften(world, HERE, 3)).toBe(302)
  })

  test('does not wait longer for a clock that was set back', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 4)
    world.clock.advance(-3_600_000)
    expect((await startFrom(world, HERE)).headers.get('retry-after')).toBe('60')

    world.clock.advance(60_000)
    expect(await startOften(world, HERE, 3)).toBe(302)
  })

  test.each([
    ['GET', '/oauth/kakao/login/'],
    ['GET', '/oauth/kakao/login'],
    ['POST', '/oauth/kakao/login/'],
    ['GET', '/oauth/kakao/login/callback/?code=a&state=b'],
    ['POST', '/oauth/kakao/login/callback/'],
    ['POST', '/oauth/kakao/login/native/'],
    ['GET', '/oauth/kakao/consent/?scope=account_email'],
    ['GET', '/oauth/kakao/link/'],
  ])('cannot %s %s', async (method, path) => {
    const world = await openWorld()
    await startOften(world, HERE, 3)

    const ask = async (address: string) =>
      await world.daemun.fetch(new Request(new URL(path, APP), { method, headers: from(address) }))

    expect((await ask(HERE)).status).toBe(429)
    expect((await ask(ELSEWHERE)).status).not.toBe(429)
  })

  test.each([
    '/',
    '/session/',
    '/auth/verify/',
    '/healthz',
    '/readyz',
    '/me/',
    '/.well-known/jwks.json',
    '/webhooks/kakao/unlink/?app_id=1&user_id=1&referrer_type=UNLINK_FROM_APPS',
  ])('can still GET %s', async (path) => {
    const world = await openWorld()
    await startOften(world, HERE, 4)

    for (let time = 0; time < 4; time += 1) {
      expect((await world.browser().get(path, from(HERE))).status).not.toBe(429)
    }
  })

  test('can still log out, and Kakao can still tell of an account', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 4)

    for (const path of ['/logout/', '/webhooks/kakao/account-status/']) {
      expect((await world.browser().post(path, '', from(HERE))).status).not.toBe(429)
    }
  })

  test('sees a page in a browser, in the visitor’s language', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 3)

    const look = async (language: string) =>
      await world.browser().get('/oauth/kakao/login/', {
        ...from(HERE),
        accept: 'text/html',
        'accept-language': language,
      })
    const korean = await look('ko')

    expect([korean.status, korean.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await korean.text()).toContain('요청이 너무 많습니다')
    expect(await (await look('en')).text()).toContain('Too many requests')
  })
})

describe('where tokens are given out and taken back', () => {
  test.each(['/oauth/token/', '/oauth/revoke/'])('%s answers as RFC 6749 says', async (path) => {
    const world = await openWorld()
    const ask = async () => await world.browser().post(path, new URLSearchParams(), from(HERE))
    expect((await ask()).status).toBe(400)
    expect((await ask()).status).toBe(400)

    const refused = await ask()

    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(await readJson(refused)).toEqual({
      error: 'temporarily_unavailable',
      error_description: expect.any(String),
      code: 'rate_limited',
      request_id: refused.headers.get('x-request-id'),
    })
  })

  test('counts apart from the ways in', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 4)
    const form = new URLSearchParams({ token: 'unknown' })
    expect((await world.browser().post('/oauth/revoke/', form, from(HERE))).status).toBe(200)
  })
})

describe('whose request it is', () => {
  test.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::1', '::2', true],
    ['fe80::1', 'fe80::1%eth0', true],
    ['::ffff:203.0.113.7', HERE, true],
    ['::ffff:cb00:7107', HERE, true],
    ['0:0:0:0:0:FFFF:203.0.113.7', HERE, true],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.8', false],
    [HERE, `${HERE}:4711`, true],
    ['2001:db8:1:2::1', '[2001:db8:1:2::1]:4711', true],
    ['2001:db8:1:2::1', '[2001:db8:1:2::2]', true],
    [HERE, ELSEWHERE, false],
  ])('%s and %s are one: %s', async (first, second, areOne) => {
    const world = await openWorld()
    await startOften(world, first, 3)

    expect((await startFrom(world, second)).status).toBe(areOne ? 429 : 302)
  })

  test('is what the trusted proxy says, not what it was told', async () => {
    const world = await openWorld()
    for (let time = 0; time < 3; time += 1) await startFrom(world, `198.51.100.${time}, ${HERE}`)

    expect((await startFrom(world, `192.0.2.1, ${HERE}`)).status).toBe(429)
    expect((await startFrom(world, `${HERE}, ${ELSEWHERE}`)).status).toBe(302)
  })

  test('is what the farther one of two trusted proxies says', async () => {
    const world = await openWorld({ TRUST_PROXY: '2' })
    for (let time = 0; time < 3; time += 1) {
      await startFrom(world, `198.51.100.${time}, ${HERE}, 10.0.0.${time}`)
    }

    expect((await startFrom(world, `${HERE}, 10.0.0.9`)).status).toBe(429)
    expect((await startFrom(world, `${HERE}, ${ELSEWHERE}, 10.0.0.1`)).status).toBe(302)
    // Past the farther one came who is told of by the nearer alone, and nobody vouches for them.
    for (const said of [HERE, ELSEWHERE, '198.51.100.1']) await startFrom(world, said)
    expect((await startFrom(world, '198.51.100.2')).status).toBe(429)
  })

  test('is one for all of whom nobody says whose', async () => {
    const world = await openWorld()
    for (const said of ['', 'unknown', '203.0.113.7.9', 'for=203.0.113.7', '[203.0.113.7']) {
      await startFrom(world, said)
    }

    expect((await world.browser().get('/oauth/kakao/login/')).status).toBe(429)
    expect((await startFrom(world, HERE)).status).toBe(302)
  })

  test('is whose connection it came by where no proxy is trusted, whatever is forwarded', async () => {
    const world = await openWorld({ TRUST_PROXY: '0' })
    const port = await findFreePort()
    const listener = await listen(world.daemun.fetch, { host: '127.0.0.1', port, setting: 'PORT' })
    onTestFinished(async () => {
      await listener.close(1000)
    })
    const ask = async (last: number) =>
      await askBySocket(port, `X-Forwarded-For: 198.51.100.${last}`)

    expect([await ask(1), await ask(2), await ask(3), await ask(4)]).toEqual([302, 302, 302, 429])
  })
})

/** @returns The answer's status. */
async function askBySocket(port: number, header: string): Promise<number> {
  const socket = connect(port, '127.0.0.1')
  socket.end(
    `GET /oauth/kakao/login/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${header}\r\n\r\n`,
  )
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return Number(answer.split(' ')[1])
}

describe('a request that is refused', () => {
  test('is refused before its body is read', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 3)
    let isRead = false
    const pull = () => {
      isRead = true
    }
    // Read as it is asked for, and never ending.
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    const init = { method: 'POST', headers: from(HERE), body, duplex: 'half' }

    const response = await world.daemun.fetch(new Request(`${APP}/oauth/kakao/login/`, init))

    expect([response.status, isRead]).toEqual([429, false])
  })

  test('leaves a line in the log, and no address', async () => {
    const world = await openWorld()
    await startOften(world, HERE, 4)

    expect(world.log.at(-1)).toMatchObject({ level: 'info', code: 'rate_limited', status: 429 })
    expect(JSON.stringify(world.log)).not.toContain(HERE)
  })
})

test('a flood raises an alarm at once, and no more than one a minute', async () => {
  const world = await openWorld()
  const alarms = () => world.log.filter(({ level }) => level === 'warn')
  await startOften(world, HERE, 3 + 5)
  expect(alarms()).toMatchObject([{ variable: 'RATE_LIMIT_LOGIN', refused: 1 }])

  world.clock.advance(60_000)
  await startOften(world, HERE, 3 + 5)
  expect(alarms().slice(1)).toMatchObject([{ variable: 'RATE_LIMIT_LOGIN', refused: 5 }])
  for (let time = 0; time < 4; time += 1) {
    await world.browser().post('/oauth/token/', '', from(HERE))
  }
  expect(alarms().slice(2)).toMatchObject([{ variable: 'RATE_LIMIT_TOKEN', refused: 1 }])
})

test('off limits nobody', async () => {
  const world = await openWorld({ RATE_LIMIT_LOGIN: 'off' })
  expect(await startOften(world, HERE, 700)).toBe(302)
})
