import { describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL } from '../_support/world.ts'

const SEED = { people: [{ id: HANEUL.id, email: 'sky@example.com', nickname: '\0김\0하늘' }] }

// PostgreSQL's text holds any character but this one.
describe.each(ENGINES)('U+0000 on $name', (engine) => {
  test.each(['auto', 'off'])('in a nickname is left out (KAKAO_OIDC=%s)', async (KAKAO_OIDC) => {
    const DATABASE_URL = await engine.createUrl()
    const world = await createWorld({
      environment: { DATABASE_URL, KAKAO_OIDC },
      emulator: { seed: SEED },
    })

    const { user } = await readJson(await login(world, world.browser(), HANEUL))

    expect(user).toMatchObject({ nickname: '김하늘' })
    await world.close()
  })

  test('in the name of a session is not found', async () => {
    const world = await createWorld({ environment: { DATABASE_URL: await engine.createUrl() } })
    const browser = world.browser()
    await login(world, browser, HANEUL)

    expect((await browser.delete('/me/sessions/%00/')).status).toBe(404)
    await world.close()
  })
})
