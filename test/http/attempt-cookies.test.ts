import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

/** What the strictest proxies take of cookies in one request. */
const HEADER_LIMIT = 8 * 1024
/** What we leave in a browser, and a little for the session and for how cookies are joined. */
const MOST_BYTES = 6 * 1024 + 200
const LONG = `/${'x'.repeat(1023)}`

let world: World
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  browser = world.browser()
})
afterEach(() => world.close())

function cookieBytes(): number {
  return [...browser.cookies].map(([name, value]) => `; ${name}=${value}`).join('').length
}

async function beginAtOnce(count: number, query: Record<string, string> = {}): Promise<URL[]> {
  return await Promise.all(
    Array.from({ length: count }, () => goToKakao(world, browser, HANEUL, query)),
  )
}

/** How many of these logins end well. */
async function finishAll(callbacks: readonly URL[]): Promise<number> {
  let finished = 0
  for (const callback of callbacks) if ((await browser.get(callback)).status < 400) finished += 1
  return finished
}

describe('logins that begin at once, none knowing of the others', () => {
  test('six of them all end well', async () => {
    expect(await finishAll(await beginAtOnce(6))).toBe(6)
  })

  test.each([
    ['thirty short ones', 30, {}, 6],
    ['ten with a long next', 10, { next: LONG }, 3],
  ])('%s do not overflow a header, and the last end well', async (_title, count, query, left) => {
    const callbacks = await beginAtOnce(count, query)

    expect(cookieBytes()).toBeLessThan(HEADER_LIMIT)
    expect(await finishAll(callbacks)).toBe(left)
  })

  test('nor do short and long ones together; the front page and a callback clear up', async () => {
    const [, long] = await Promise.all([
      beginAtOnce(9, { next: `/${'x'.repeat(90)}` }),
      beginAtOnce(3, { next: LONG }),
    ])
    const all = new Map(browser.cookies)
    expect(cookieBytes()).toBeLessThan(HEADER_LIMIT)
    expect(cookieBytes()).toBeGreaterThan(MOST_BYTES)

    await browser.get('/')
    expect(cookieBytes()).toBeLessThan(MOST_BYTES)

    for (const [name, value] of all) browser.cookies.set(name, value)
    expect(await finishAll(long.slice(-1))).toBe(1)
    expect(cookieBytes()).toBeLessThan(MOST_BYTES)
  })
})

describe('logins that begin one after the other', () => {
  async function begin(count: number, query: Record<string, string> = {}): Promise<URL[]> {
    const callbacks: URL[] = []
    for (let tab = 0; tab < count; tab += 1) {
      callbacks.push(await goToKakao(world, browser, HANEUL, query))
      world.clock.advance(1000)
    }
    return callbacks
  }

  test('of eight the first two give way', async () => {
    const callbacks = await begin(8)

    expect(await finishAll(callbacks.slice(0, 2))).toBe(0)
    expect(await finishAll(callbacks.slice(2))).toBe(6)
  })

  test('with a long next, of four the first one', async () => {
    const callbacks = await begin(4, { next: LONG })

    expect(cookieBytes()).toBeLessThan(MOST_BYTES)
    expect(await finishAll(callbacks.slice(0, 1))).toBe(0)
    expect(await finishAll(callbacks.slice(1))).toBe(3)
  })
})

test('what is over, garbled, or under another name of ours goes', async () => {
  await goToKakao(world, browser, HANEUL)
  world.clock.advance(10 * 60_000)
  const callback = await goToKakao(world, browser, HANEUL)
  const [live = ''] = [...browser.cookies.values()].slice(-1)
  browser.cookies.set('daemun_login_6', 'garbled')
  browser.cookies.set('daemun_login_7', live)

  await browser.get('/')

  expect([...browser.cookies.values()]).toEqual([live])
  expect((await browser.get(callback)).status).toBe(200)
})

test('an attempt counts under its own state only', async () => {
  const callback = await goToKakao(world, browser, HANEUL)
  const stranger = world.browser()
  await goToKakao(world, stranger, HANEUL)

  expect(await readJson(await stranger.get(callback))).toMatchObject({ code: 'state_invalid' })
  expect(world.takeCallsToKakao()).toEqual([])
})

test('a finished attempt stays for a minute', async () => {
  const response = await login(world, browser, HANEUL)

  const [attempt] = response.headers.getSetCookie().filter((line) => line.includes('_login_'))
  expect(attempt).toMatch(/^daemun_login_\d=[\w-]+; Max-Age=60;/)
})

describe('of two cookies with one name neither counts, since one was planted', () => {
  async function askWithBoth(path: string | URL, name: string, planted = ''): Promise<number> {
    const cookies = [[name, planted], ...browser.cookies].map((pair) => pair.join('='))
    return (await world.browser().get(path, { cookie: cookies.join('; ') })).status
  }

  test('an attempt', async () => {
    const callback = await goToKakao(world, browser, HANEUL)
    const [name = ''] = browser.cookies.keys()

    expect(await askWithBoth(callback, name, browser.cookies.get(name))).toBe(400)
    expect((await browser.get(callback)).status).toBe(200)
  })

  test('a session', async () => {
    await login(world, browser, HANEUL)
    const thief = world.browser()
    await login(world, thief, BADA)

    const planted = thief.cookies.get('daemun_session')
    expect(await askWithBoth('/session/', 'daemun_session', planted)).toBe(401)
  })
})
