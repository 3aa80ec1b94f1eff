import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const CALLBACK = '/oauth/kakao/login/callback/'

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

describe('a callback that is not what it should be is refused, and asks Kakao nothing', () => {
  test.each([
    ['nothing at all', '', 'code_missing'],
    ['an empty code', '?code=&state=s', 'code_missing'],
    ['a code without a state', '?code=c', 'state_invalid'],
    ['a garbled state', '?code=c&state=%00%FF%F0', 'state_invalid'],
    ['an error without a state', '?error=access_denied', 'state_invalid'],
    ['two codes', '?code=a&code=b&state=s', 'duplicate_parameter'],
    ['two states', '?code=a&state=s&state=t', 'duplicate_parameter'],
  ])('%s', async (_title, query, code) => {
    const response = await world.browser().get(CALLBACK + query)

    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await readJson(response)).toMatchObject({ status: 400, code })
    expect(response.headers.getSetCookie()).toEqual([])
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('a code beside an error', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    callback.searchParams.set('error', 'access_denied')

    expect(await readJson(await browser.get(callback))).toMatchObject({ code: 'login_cancelled' })
    expect(browser.cookies.has('daemun_session')).toBe(false)
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test("another browser's state", async () => {
    const callback = await goToKakao(world, world.browser(), HANEUL)
    const stranger = world.browser()
    await goToKakao(world, stranger, HANEUL)

    expect(await readJson(await stranger.get(callback))).toMatchObject({ code: 'state_invalid' })
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('an attempt cookie that was tampered with', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    for (const [name, value] of browser.cookies) {
      browser.cookies.set(name, `${value.slice(0, -2)}${value.endsWith('AA') ? 'BB' : 'AA'}`)
    }

    expect(await readJson(await browser.get(callback))).toMatchObject({ code: 'state_invalid' })
  })

  test('an attempt ten minutes old', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    world.clock.advance(10 * 60_000)

    expect(await readJson(await browser.get(callback))).toMatchObject({ code: 'state_invalid' })
  })
})

test('an attempt of just under ten minutes is still good', async () => {
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  world.clock.advance(10 * 60_000 - 1)

  expect((await browser.get(callback)).status).toBe(200)
})

describe('a visitor who cancels', () => {
  const cancelling = { ...HANEUL, cancels: true }

  test('gets a problem, and nothing is stored', async () => {
    const browser = world.browser()
    const response = await login(world, browser, cancelling)

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ code: 'login_cancelled' })
    expect(browser.cookies.has('daemun_session')).toBe(false)
  })

  test.each([
    ['/shop', '/shop?error=access_denied'],
    ['/shop?a=1#top', '/shop?a=1&error=access_denied#top'],
  ])('with next=%s goes to %s', async (next, location) => {
    const response = await login(world, world.browser(), cancelling, { next })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(location)
  })

  test('and then changes their mind logs in', async () => {
    const browser = world.browser()
    await login(world, browser, cancelling)

    expect((await login(world, browser, HANEUL)).status).toBe(200)
  })
})

describe('a silent login', () => {
  const silent = { prompt: 'none', next: '/shop' }

  test('of somebody whom Kakao would have to ask is no error, and ends no session', async () => {
    const browser = world.browser()
    const response = await login(world, browser, HANEUL, silent)

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/shop')
    expect(browser.cookies.has('daemun_session')).toBe(false)
  })

  test('of somebody who is signed in at Kakao and linked signs in', async () => {
    await login(world, world.browser(), HANEUL)
    const browser = world.browser()

    expect((await login(world, browser, HANEUL, silent)).status).toBe(303)
    expect((await browser.get('/session/')).status).toBe(200)
  })
})

describe('an error that Kakao sends back', () => {
  test.each([
    ['access_denied', 400, 'login_cancelled'],
    ['server_error', 503, 'kakao_unavailable'],
    ['invalid_scope', 502, 'kakao_misconfigured'],
    ['something_new', 502, 'kakao_misconfigured'],
  ])('%s is answered with %i %s', async (error, status, code) => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    callback.searchParams.delete('code')
    callback.searchParams.set('error', error)
    callback.searchParams.set('error_description', 'not to be repeated')

    const response = await browser.get(callback)
    const text = await response.text()

    expect(response.status).toBe(status)
    expect(JSON.parse(text)).toMatchObject({ code })
    expect(text).not.toContain('not to be repeated')
  })
})
