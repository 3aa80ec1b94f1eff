import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const TOKEN_CALL = 'POST /oauth/token'

describe.each(ENGINES)('a login that is held back from Kakao, on $name', (engine) => {
  let world: World
  let isDown: boolean

  beforeEach(async () => {
    isDown = true
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl() },
      intercept: async (request, send) =>
        isDown ? new Response('<h1>down</h1>', { status: 502 }) : await send(request),
    })
    for (let n = 0; n < 5; n += 1) await login(world, world.browser(), HANEUL)
  })
  afterEach(() => world.close())

  test('is told at once when to come again', async () => {
    world.clock.advance(1900)
    const response = await login(world, world.browser(), HANEUL)

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('4')
    expect(await readJson(response)).toMatchObject({ code: 'kakao_unavailable' })
    expect(world.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        host: 'kauth',
        msg: expect.stringMatching(/^Kakao fails/),
      }),
    )
  })

  test('goes well when the same callback is loaded again: its code was not spent', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    expect((await browser.get(callback)).status).toBe(503)
    expect((await browser.get(callback)).status).toBe(503)

    isDown = false
    world.clock.advance(5000)
    const first = await browser.get(callback)
    const second = await browser.get(callback)

    expect(await readJson(first)).toMatchObject({ social_id: 'kakao_1000000001' })
    expect(second.status).toBe(200)
    expect((await browser.get('/session/')).status).toBe(200)
    expect(world.takeCallsToKakao().filter((call) => call === TOKEN_CALL)).toHaveLength(1)
    expect(world.log).toContainEqual(
      expect.objectContaining({ level: 'info', host: 'kauth', msg: 'Kakao answers again' }),
    )
  })

  test('is spent once, however often its callback is loaded at the same time', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)

    isDown = false
    world.clock.advance(5000)
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.get(callback)))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(world.takeCallsToKakao().filter((call) => call === TOKEN_CALL)).toHaveLength(1)
  })

  test('stays with the browser that began it', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)

    isDown = false
    world.clock.advance(5000)
    const stranger = world.browser()
    const own = await goToKakao(world, stranger, HANEUL)
    own.searchParams.set('code', callback.searchParams.get('code') ?? '')

    expect(await readJson(await stranger.get(own))).toMatchObject({ code: 'code_used' })
    expect((await browser.get(callback)).status).toBe(200)
  })
})

test('a login for which there was no connection goes well when its callback is loaded again', async () => {
  let isDown = true
  const world = await createWorld({
    intercept: async (request, send) => {
      if (!isDown) return await send(request)
      const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
      throw new TypeError('fetch failed', { cause })
    },
  })
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  expect((await browser.get(callback)).status).toBe(503)

  isDown = false
  expect((await browser.get(callback)).status).toBe(200)
  await world.close()
})

test('a code that Kakao may have seen is not sent again, whatever became of it', async () => {
  let isDown = true
  const world = await createWorld({
    intercept: async (request, send) => {
      const response = await send(request)
      return isDown && request.method === 'POST' ? Promise.reject(new TypeError('reset')) : response
    },
  })
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  expect((await browser.get(callback)).status).toBe(503)

  isDown = false
  expect((await browser.get(callback)).status).toBe(503)
  expect(world.takeCallsToKakao()).toEqual([TOKEN_CALL])
  await world.close()
})

describe('with kapi left alone', () => {
  let isDown: boolean
  let answerDown: () => Response | Promise<Response>

  /** Every login here is read anew behind the answer; without ID tokens it waits for that. */
  async function openLeftAlone(KAKAO_OIDC: string): Promise<World> {
    isDown = true
    answerDown = () => new Response('<h1>down</h1>', { status: 502 })
    const world = await createWorld({
      environment: { KAKAO_OIDC },
      intercept: async (request, send) =>
        isDown && request.url.includes('/v2/user/me') ? await answerDown() : await send(request),
    })
    for (let n = 0; n < 5; n += 1) {
      await login(world, world.browser(), HANEUL)
      await world.daemun.work()
      world.clock.advance(1000)
    }
    expect((await readJson(await world.browser().get('/readyz'))).kakao).toEqual({
      kauth: 'closed',
      kapi: 'open',
    })
    world.takeCallsToKakao()
    return world
  }

  test('a login that could not be finished without it spends no code', async () => {
    const world = await openLeftAlone('off')
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    const heldBack = await browser.get(callback)
    expect([heldBack.status, world.takeCallsToKakao()]).toEqual([503, []])

    isDown = false
    world.clock.advance(5000)
    expect((await browser.get(callback)).status).toBe(200)
    await world.close()
  })

  test('no code is spent either while another login tries whether kapi is back', async () => {
    const world = await openLeftAlone('off')
    const isTrying = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<Response>()
    answerDown = () => {
      isTrying.resolve()
      return answer.promise
    }
    world.clock.advance(5000)
    const trial = login(world, world.browser(), HANEUL)
    await isTrying.promise
    world.takeCallsToKakao()

    world.clock.advance(2000)
    const heldBack = await login(world, world.browser(), HANEUL)
    expect([heldBack.status, heldBack.headers.get('retry-after')]).toEqual([503, '3'])
    expect(world.takeCallsToKakao()).toEqual([])

    answer.resolve(new Response('<h1>down</h1>', { status: 502 }))
    expect((await trial).status).toBe(503)
    await world.close()
  })

  test('all others go on', async () => {
    const world = await openLeftAlone('auto')
    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
    await world.close()
  })
})
