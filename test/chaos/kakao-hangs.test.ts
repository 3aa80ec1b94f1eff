import { describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { postJson } from '../_support/ways.ts'
import { HANEUL } from '../_support/world.ts'
import { sendWebhook } from '../webhooks/_support/hooked-world.ts'
import {
  expectAway,
  expectUnhurt,
  loadCallbacks,
  openChaos,
  returnFromKakao,
} from './_support/failing-kakao.ts'

describe.each(ENGINES)('while a hundred logins hang at Kakao, on $name', (engine) => {
  test('all else goes on, more logins are refused at once, and none that waited is lost', async () => {
    const chaos = await openChaos(engine)
    const { world } = chaos
    const waiting = await returnFromKakao(world, 100)
    const late = await returnFromKakao(world, 20)
    const sentBefore = chaos.codesSent.length
    const answered = Promise.withResolvers<void>()
    const allAsked = Promise.withResolvers<void>()
    let asked = 0
    chaos.fail(async (request, send) => {
      asked += 1
      if (asked === 100) allAsked.resolve()
      await answered.promise
      return await send(request)
    })

    const answers = loadCallbacks(waiting)
    await allAsked.promise
    await expectAway(await loadCallbacks(late))
    await expectUnhurt(chaos)
    expect(asked).toBe(100)

    chaos.mend()
    answered.resolve()
    const statuses = (await answers).map(({ status }) => status)
    expect(statuses).toEqual(Array(100).fill(200))
    // What was refused was not sent, and can be still.
    expect((await loadCallbacks(late)).map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect(new Set(chaos.codesSent).size).toBe(sentBefore + 120)
    expect(chaos.codesSent).toHaveLength(sentBefore + 120)
    await world.close()
  })
})

describe.each(ENGINES)('while visitors fill their room at kapi, on $name', (engine) => {
  test('what is done behind the answers is done, in a room of its own', async () => {
    const environment = { KAKAO_MAX_CALLS: '1', KAKAO_APP_ID: '123456' }
    const chaos = await openChaos(engine, { environment })
    const { world } = chaos
    const answered = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    chaos.fail(async (request, send) => {
      if (!request.url.endsWith('/v1/user/access_token_info')) return await send(request)
      asked.resolve()
      await answered.promise
      return new Response('', { status: 503 })
    })
    const native = async () =>
      await postJson(world, '/oauth/kakao/login/native/', { access_token: 'a-token' })
    const hanging = native()
    await asked.promise
    await expectAway([await native()])
    chaos.takeCalls()

    const browser = world.browser()
    world.clock.advance(25 * 3_600_000)
    await login(world, browser, HANEUL)
    await world.daemun.work()
    expect(chaos.takeCalls()).toContain('/v2/user/me')
    await sendWebhook(world, { kind: 'unlink', person: HANEUL.id })
    await world.daemun.work()
    expect(chaos.takeCalls()).toContain('/v2/user/me')
    await login(world, browser, HANEUL)
    expect((await browser.delete('/me/')).status).toBe(200)
    await world.daemun.work()
    expect(chaos.takeCalls()).toContain('/v1/user/unlink')
    expect(world.log.filter(({ job }) => job !== undefined)).toEqual([])

    answered.resolve()
    await expectAway([await hanging])
    await world.close()
  })
})
