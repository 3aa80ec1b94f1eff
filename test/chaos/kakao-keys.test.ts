import { describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { HANEUL } from '../_support/world.ts'
import {
  accountStatusWebhook,
  expectAway,
  expectUnhurt,
  type Failure,
  loadCallbacks,
  openChaos,
  returnFromKakao,
} from './_support/failing-kakao.ts'

const KEYS = '/.well-known/jwks.json'

const KEYS_LOST: Failure = async (request, send) =>
  request.url.endsWith(KEYS) ? new Response('', { status: 503 }) : await send(request)

describe.each(ENGINES)("Kakao's key set out of reach, on $name", (engine) => {
  test('with keys at hand: nobody notices, however long', async () => {
    const chaos = await openChaos(engine)
    const { world } = chaos
    chaos.fail(KEYS_LOST)

    for (let hour = 0; hour < 8; hour += 1) {
      world.clock.advance(3_600_000)
      const answers = await loadCallbacks(await returnFromKakao(world, 4))
      expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(200))
      await expectUnhurt(chaos)
    }
    expect(chaos.takeCalls().filter((path) => path === KEYS)).toHaveLength(8)
    await world.close()
  })

  test('without keys at hand: nobody comes in on a token unseen, and all do once they are back', async () => {
    const chaos = await openChaos(engine, { failure: KEYS_LOST })
    const { world } = chaos

    await expectAway(await loadCallbacks(await returnFromKakao(world, 8)))
    await expectAway([await accountStatusWebhook(world)])
    expect((await world.browser().get('/readyz')).status).toBe(200)

    chaos.mend()
    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
    expect((await accountStatusWebhook(world)).status).toBe(202)
    expect(new Set(chaos.codesSent).size).toBe(chaos.codesSent.length)
    await world.close()
  })
})
