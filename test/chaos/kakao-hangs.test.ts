import { describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
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
