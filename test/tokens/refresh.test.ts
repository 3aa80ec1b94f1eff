import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { askSession, loginByRelay, postForm, refresh, type Tokens } from '../_support/ways.ts'
import { createWorld, type World } from '../_support/world.ts'

const DAY = 86_400_000

describe.each(ENGINES)('refresh tokens on $name', (engine) => {
  let world: World
  let tokens: Tokens

  beforeEach(async () => {
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl(), SECRET_KEY: 'a secret for tests' },
    })
    tokens = await loginByRelay(world)
  })
  afterEach(() => world.close())

  async function succeed(token: string): Promise<Tokens> {
    const response = await refresh(world, token)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    return (await response.json()) as Tokens
  }

  async function isAlive(): Promise<boolean> {
    return (await askSession(world, tokens.access_token)).status === 200
  }

  test('change at each use and keep the session', async () => {
    const second = await succeed(tokens.refresh_token)
    const third = await succeed(second.refresh_token)

    expect(new Set([tokens, second, third].map((one) => one.refresh_token)).size).toBe(3)
    expect(second).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 60 * 86_400,
    })
    expect((await askSession(world, third.access_token)).status).toBe(200)
  })

  test('a lost answer may be asked for again, and gets the same successor', async () => {
    const first = await succeed(tokens.refresh_token)
    world.clock.advance(59_000)
    const again = await succeed(tokens.refresh_token)

    expect(again.refresh_token).toBe(first.refresh_token)
  })

  test('thirty-two at once get one successor, and nobody is logged out', async () => {
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => succeed(tokens.refresh_token)),
    )

    expect(new Set(answers.map((one) => one.refresh_token)).size).toBe(1)
    await succeed(answers[0]?.refresh_token ?? '')
    expect(await isAlive()).toBe(true)
  })

  test('the grace ends ten seconds after the first use of the successor', async () => {
    const second = await succeed(tokens.refresh_token)
    await succeed(second.refresh_token)
    world.clock.advance(10_000)
    expect((await succeed(tokens.refresh_token)).refresh_token).toBe(second.refresh_token)
    world.clock.advance(1)

    expect((await refresh(world, tokens.refresh_token)).status).toBe(400)
    expect(await isAlive()).toBe(false)
  })

  test('the grace ends a minute after the rotation at the latest, and the family with it', async () => {
    const second = await succeed(tokens.refresh_token)
    world.clock.advance(60_001)

    const response = await refresh(world, tokens.refresh_token)

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({
      error: 'invalid_grant',
      code: 'grant_invalid',
      request_id: expect.any(String),
    })
    expect((await refresh(world, second.refresh_token)).status).toBe(400)
    expect(await isAlive()).toBe(false)
  })

  test('a token long forgotten still kills its family', async () => {
    let last = tokens
    for (let turn = 0; turn < 3; turn += 1) {
      last = await succeed(last.refresh_token)
      world.clock.advance(DAY)
    }

    expect((await refresh(world, tokens.refresh_token)).status).toBe(400)
    expect((await refresh(world, last.refresh_token)).status).toBe(400)
  })

  test('what was never one of ours kills nothing', async () => {
    const [id, secret = '', seal = ''] = tokens.refresh_token.split('.')
    const forged = [
      'nonsense',
      `${id}.${secret}`,
      `${id}.${secret}.${'A'.repeat(seal.length)}`,
      `${id}.${'A'.repeat(secret.length)}.${seal}`,
      tokens.refresh_token.slice(0, -1),
      `${tokens.refresh_token}.x`,
      tokens.access_token,
    ]
    for (const token of forged) expect((await refresh(world, token)).status).toBe(400)

    expect(await isAlive()).toBe(true)
    await succeed(tokens.refresh_token)
  })

  test('last sixty days from their issue', async () => {
    world.clock.advance(60 * DAY - 1)
    const second = await succeed(tokens.refresh_token)
    world.clock.advance(60 * DAY)

    expect((await refresh(world, second.refresh_token)).status).toBe(400)
  })

  test('end a year after the sign-in, however much used', async () => {
    let last = tokens
    for (let day = 0; day < 330; day += 55) {
      world.clock.advance(55 * DAY)
      last = await succeed(last.refresh_token)
    }
    world.clock.advance(34 * DAY)
    last = await succeed(last.refresh_token)
    expect(last.refresh_token_expires_in).toBe(86_400)
    world.clock.advance(DAY)

    expect((await refresh(world, last.refresh_token)).status).toBe(400)
  })

  test.each(['access_token', 'refresh_token'])('revoking the %s ends both', async (kind) => {
    const response = await postForm(world, '/oauth/revoke/', { token: String(tokens[kind]) })

    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect((await refresh(world, tokens.refresh_token)).status).toBe(400)
    expect(await isAlive()).toBe(false)
  })

  test('revoking what is unknown is answered alike', async () => {
    expect((await postForm(world, '/oauth/revoke/', { token: 'nonsense' })).status).toBe(200)
    expect(await isAlive()).toBe(true)
  })
})

describe('the token endpoint', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['no grant type', {}, 'invalid_request', 'parameter_invalid'],
    [
      'another grant type',
      { grant_type: 'password' },
      'unsupported_grant_type',
      'grant_type_unsupported',
    ],
    ['no refresh token', { grant_type: 'refresh_token' }, 'invalid_request', 'parameter_invalid'],
    ['no code', { grant_type: 'authorization_code' }, 'invalid_request', 'parameter_invalid'],
  ])('%s', async (_title, fields, error, code) => {
    const world = await createWorld()
    const response = await postForm(world, '/oauth/token/', fields)
    await world.close()

    expect(response.status).toBe(400)
    expect(await readJson(response)).toMatchObject({ error, code })
  })
})
