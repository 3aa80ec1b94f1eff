import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { createHookedWorld, sendWebhook } from '../webhooks/_support/hooked-world.ts'

describe.each(ENGINES)('two ties of one user on $name', (engine) => {
  let world: World
  afterEach(() => world.close())

  test('one goes while somebody comes in by the other: neither waits for the other in vain', async () => {
    world = await createHookedWorld(engine)
    const browser = world.browser()
    const { user } = await readJson(await login(world, browser, BADA))

    for (let round = 0; round < 4; round += 1) {
      const start = await browser.get('/oauth/kakao/link/')
      const linked = await browser.get(
        await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL),
      )
      expect(linked.status).toBe(200)
      world.clock.advance(2000)

      const callback = await goToKakao(world, browser, BADA)
      const [came, told] = await Promise.all([
        browser.get(callback),
        sendWebhook(world, { kind: 'account_status', person: HANEUL.id, event: 'account-purged' }),
      ])

      expect(await readJson(came)).toMatchObject({ user: { id: (user as { id: string }).id } })
      expect(told.deliveries).toMatchObject([{ status: 202 }])
      const { identities } = await readJson(await browser.get('/me/identities/'))
      expect(identities).toMatchObject([{ social_id: `kakao_${BADA.id}` }])
    }
  })
})
