import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { login, readJson } from '../_support/login.ts'
import { BADA, createWorld, HANEUL, SOL, type World } from '../_support/world.ts'

const TOKEN = 'POST /oauth/token'
const ME = 'GET /v2/user/me'
const SCOPES = 'GET /v2/user/scopes'
const TERMS = 'GET /v2/user/service_terms'

/** Logs in and tells which calls the visitor waited for, and which came behind the answer. */
async function countCalls(world: World, person: Parameters<typeof login>[2]) {
  const response = await login(world, world.browser(), person)
  expect(response.status).toBe(200)
  const waitedFor = world.takeCallsToKakao()
  return { waitedFor, answer: await readJson(response) }
}

describe('with OpenID Connect', () => {
  let world: World
  let releaseMe: () => void

  /** `/v2/user/me` answers only when released: what waits for it is seen to wait. */
  beforeEach(async () => {
    const held = new Promise<void>((resolve) => {
      releaseMe = resolve
    })
    world = await createWorld({
      async intercept(request, send) {
        if (new URL(request.url).pathname === '/v2/user/me') await held
        return await send(request)
      },
    })
  })
  afterEach(async () => {
    releaseMe()
    await world.close()
  })

  test('the visitor waits for the token call alone, at a sign-up too', async () => {
    expect((await countCalls(world, HANEUL)).waitedFor).toEqual([TOKEN])
    expect((await countCalls(world, HANEUL)).waitedFor).toEqual([TOKEN])
  })

  test('an e-mail that was agreed to and is not in the ID token is waited for', async () => {
    const answer = login(world, world.browser(), SOL)
    releaseMe()

    expect(await readJson(await answer)).toMatchObject({ user_email: 'sol@example.com' })
    expect(world.takeCallsToKakao()).toEqual([TOKEN, ME])
  })
})

describe('a profile', () => {
  let world: World

  beforeEach(async () => {
    world = await createWorld()
  })
  afterEach(() => world.close())

  test('is read once behind a sign-up, and again when a day old', async () => {
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    expect(world.takeCallsToKakao()).toEqual([TOKEN, ME, SCOPES, TERMS, TOKEN])

    world.clock.advance(24 * 3600_000)
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    expect(world.takeCallsToKakao()).toEqual(expect.arrayContaining([TOKEN, ME, SCOPES, TERMS]))
  })

  test('of an app without terms is read without asking for them again within a day', async () => {
    await login(world, world.browser(), HANEUL)
    await login(world, world.browser(), SOL)
    await world.daemun.work()

    expect(world.takeCallsToKakao().filter((call) => call === TERMS)).toEqual([TERMS])
  })

  test('lately read explains why an ID token has no e-mail', async () => {
    await login(world, world.browser(), SOL)
    await login(world, world.browser(), BADA)
    world.takeCallsToKakao()

    const sol = await countCalls(world, SOL)
    const bada = await countCalls(world, BADA)

    expect(sol).toMatchObject({ waitedFor: [TOKEN], answer: { user_email: 'sol@example.com' } })
    expect(bada).toMatchObject({ waitedFor: [TOKEN], answer: { user_email: null } })
  })
})

test('without OpenID Connect the visitor waits for the profile', async () => {
  const world = await createWorld({ environment: { KAKAO_OIDC: 'off' } })

  const { waitedFor, answer } = await countCalls(world, HANEUL)

  expect(waitedFor).toEqual([TOKEN, ME])
  expect(answer).toMatchObject({ social_id: 'kakao_1000000001', user_email: 'haneul@example.com' })
  await world.close()
})
