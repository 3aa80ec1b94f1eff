import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

describe.each(ENGINES)('the same code twice on $name', (engine) => {
  let world: World

  beforeEach(async () => {
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl(), SECRET_KEY: 'a secret for tests' },
    })
  })
  afterEach(() => world.close())

  test('from the same browser: one exchange, the same answer, the same session', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)

    const first = await browser.get(callback)
    const session = browser.cookies.get('daemun_session')
    const second = await browser.get(callback)

    expect(await readJson(second)).toEqual(await readJson(first))
    expect(browser.cookies.get('daemun_session')).toBe(session)
    expect(world.takeCallsToKakao().filter((call) => call.includes('token'))).toHaveLength(1)
  })

  test('at the same time: the later ones wait for the first', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)

    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.get(callback)))
    const bodies = await Promise.all(answers.map(readJson))

    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    expect(bodies[0]).toMatchObject({ is_new_user: true })
    expect(world.takeCallsToKakao().filter((call) => call.includes('token'))).toHaveLength(1)
  })

  test('from another browser: refused, with or without an attempt of its own', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)

    const stranger = world.browser()
    expect(await codeOf(await stranger.get(callback))).toBe('state_invalid')

    const own = await goToKakao(world, stranger, HANEUL)
    own.searchParams.set('code', callback.searchParams.get('code') ?? '')
    expect(await codeOf(await stranger.get(own))).toBe('code_used')
    expect((await stranger.get('/session/')).status).toBe(401)
  })

  test('within a minute: the same answer', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    const first = await browser.get(callback)
    world.clock.advance(59_999)

    expect(await readJson(await browser.get(callback))).toEqual(await readJson(first))
  })

  test('after a minute: refused', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)
    world.clock.advance(60_000)

    expect(await codeOf(await browser.get(callback))).toBe('code_used')
  })

  test('after a logout: refused, even to one who kept the attempt cookie', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)
    const kept = new Map(browser.cookies)
    await browser.post('/logout/')

    expect(await codeOf(await browser.get(callback))).toBe('state_invalid')
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect(await codeOf(await browser.get(callback))).toBe('code_used')
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('a state is used up: another code under it is refused', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)
    const other = new URL(callback)
    other.searchParams.set('code', 'another-code')

    expect(await codeOf(await browser.get(other))).toBe('state_invalid')
  })

  test('a refusal is repeated too, without asking Kakao again', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    callback.searchParams.set('code', 'made-up')

    const first = await readJson(await browser.get(callback))
    const second = await readJson(await browser.get(callback))

    expect(first).toMatchObject({ status: 400, code: 'code_refused', kakao_code: 'KOE320' })
    expect({ ...second, request_id: '' }).toEqual({ ...first, request_id: '' })
    expect(world.takeCallsToKakao()).toHaveLength(1)
  })
})

test('an instance that died with the code in hand: start again', async () => {
  let arrived = () => {}
  const atKakao = new Promise<void>((resolve) => {
    arrived = resolve
  })
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const world = await createWorld({
    async intercept(request, send) {
      if (request.method === 'POST') {
        arrived()
        await released
      }
      return await send(request)
    },
  })
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  const dying = browser.get(callback)
  await atKakao
  world.clock.advance(300_000)

  const response = await browser.get(callback)

  expect(response.status).toBe(503)
  expect(await codeOf(response)).toBe('login_interrupted')
  release()
  // Should it come back to life, what was said of it stays true: it signs nobody in.
  expect(await codeOf(await dying)).toBe('login_interrupted')
  expect(browser.cookies.has('daemun_session')).toBe(false)
  await world.close()
})

async function codeOf(response: Response): Promise<unknown> {
  return (await readJson(response)).code
}
