import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

describe.each(ENGINES)('a login beside other sessions on $name', (engine) => {
  let world: World
  let atKakao: PromiseWithResolvers<void>
  let release: PromiseWithResolvers<void>
  let isHeld: boolean

  beforeEach(async () => {
    atKakao = Promise.withResolvers()
    release = Promise.withResolvers()
    isHeld = false
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl() },
      async intercept(request, send) {
        if (isHeld && request.method === 'POST') {
          atKakao.resolve()
          await release.promise
        }
        return await send(request)
      },
    })
  })
  afterEach(() => world.close())

  test('that a logout everywhere meets halfway is a new sign-in, which stays', async () => {
    const [here, there] = [world.browser(), world.browser()]
    await login(world, here, HANEUL)
    const callback = await goToKakao(world, there, HANEUL)
    isHeld = true
    const answer = there.get(callback)
    await atKakao.promise

    const out = await here.post('/logout/', '{"everywhere":true}', {
      'content-type': 'application/json',
    })
    release.resolve()

    expect(await readJson(out)).toEqual({ sessions_ended: 1 })
    expect((await answer).status).toBe(200)
    expect((await here.get('/session/')).status).toBe(401)
    expect((await there.get('/session/')).status).toBe(200)
  })

  test('that is over already: its cookie is replaced', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)
    const old = browser.cookies.get('daemun_session')
    world.clock.advance(31 * 86_400_000)

    expect((await login(world, browser, HANEUL)).status).toBe(200)
    expect(browser.cookies.get('daemun_session')).not.toBe(old)
    expect((await browser.get('/session/')).status).toBe(200)
  })

  test.each([
    ['empty', ''],
    ['garbled', '%00%FF;='],
    ['long', 'x'.repeat(5000)],
    ['quoted', '"a"'],
    ['made up', 'A'.repeat(43)],
  ])('whose cookie is %s: it is replaced', async (_title, cookie) => {
    const browser = world.browser()
    browser.cookies.set('daemun_session', cookie)

    expect((await login(world, browser, HANEUL)).status).toBe(200)
    expect(browser.cookies.get('daemun_session')).toMatch(/^[\w-]{43}$/)
    expect((await browser.get('/session/')).status).toBe(200)
  })
})
