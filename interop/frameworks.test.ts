import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createVerifier } from '../src/verify/index.ts'
import { askSession, loginByRelay, postForm } from '../test/_support/ways.ts'
import { createWorld, type World } from '../test/_support/world.ts'
import { FRAMEWORKS, type GuardedApi } from './_support/frameworks.ts'

describe.each(FRAMEWORKS)('an API on %s, guarded by daemun/verify', (_name, open) => {
  let world: World
  let api: GuardedApi
  let isDown: boolean

  beforeEach(async () => {
    isDown = false
    world = await createWorld()
    const verifier = createVerifier({
      issuer: 'http://localhost:8000',
      now: world.clock.now,
      async fetch(input) {
        if (isDown) throw new TypeError('fetch failed')
        return await world.daemun.fetch(new Request(input))
      },
    })
    api = await open(verifier)
  })
  afterEach(async () => {
    await api.close()
    await world.close()
  })

  async function ask(authorization?: string): Promise<Response> {
    return await fetch(api.url, authorization === undefined ? {} : { headers: { authorization } })
  }

  test('lets a good token through, with who it is', async () => {
    const { access_token, user } = await loginByRelay(world)
    const response = await ask(`Bearer ${access_token}`)

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ sub: (user as { id: string }).id })
  })

  test.each([
    ['none', undefined, 'Bearer', 'unauthorized'],
    ['a password', 'Basic eDp5', 'Bearer', 'unauthorized'],
    ['no token', 'Bearer ', 'Bearer', 'unauthorized'],
    ['rubbish', 'Bearer x', 'Bearer error="invalid_token"', 'invalid_token'],
  ])('refuses %s with 401', async (_title, header, challenge, error) => {
    const response = await ask(header)

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe(challenge)
    expect(await response.json()).toEqual({ error })
  })

  test('answers 503 while the keys are out of reach', async () => {
    const { access_token } = await loginByRelay(world)
    isDown = true
    const response = await ask(`Bearer ${access_token}`)

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toEqual({ error: 'temporarily_unavailable' })
  })

  test('hears of a session that ended when its token expires, our own addresses at once', async () => {
    const { access_token } = await loginByRelay(world)
    await postForm(world, '/oauth/revoke/', { token: access_token })

    expect((await askSession(world, access_token)).status).toBe(401)
    expect((await ask(`Bearer ${access_token}`)).status).toBe(200)
    world.clock.advance(960_000)
    expect((await ask(`Bearer ${access_token}`)).status).toBe(401)
  })
})
