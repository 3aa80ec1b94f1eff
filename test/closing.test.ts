import { describe, expect, test } from 'vitest'
import { ENGINES } from './_support/engines.ts'
import { goToKakao, login } from './_support/login.ts'
import { createWorld, HANEUL } from './_support/world.ts'

describe.each(ENGINES)('a server on $name that is closed', (engine) => {
  test('first ends the login that is under way', async () => {
    const { promise: isAsked, resolve: onAsked } = Promise.withResolvers<void>()
    const { promise: isAnswering, resolve: answer } = Promise.withResolvers<void>()
    const world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl() },
      intercept: async (request, send) => {
        if (request.method === 'POST') onAsked()
        if (request.method === 'POST') await isAnswering
        return await send(request)
      },
    })
    const browser = world.browser()
    const finishing = browser.get(await goToKakao(world, browser, HANEUL))
    await isAsked

    const closing = world.close()
    answer()

    expect((await finishing).status).toBe(200)
    await closing
  })

  test('first ends the work behind the answers', async () => {
    const world = await createWorld({ environment: { DATABASE_URL: await engine.createUrl() } })
    await login(world, world.browser(), HANEUL)

    const working = world.daemun.work()
    await world.close()

    await expect(working).resolves.toBeUndefined()
  })
})
