import { describe, expect, test } from 'vitest'
import type { EmulatorSeed } from '../../src/emulator/index.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type WorldOptions } from '../_support/world.ts'

/** An app whose consent items may all be refused. */
const ALL_OPTIONAL: EmulatorSeed = {
  apps: [
    {
      app_id: 1,
      rest_api_keys: [
        {
          key: 'k',
          redirect_uris: ['http://localhost:8000/oauth/kakao/login/callback/'],
        },
      ],
      openid_connect: true,
      consent_items: [
        { id: 'profile_nickname', level: 'optional' },
        { id: 'account_email', level: 'optional' },
        { id: 'gender', level: 'optional' },
      ],
    },
  ],
  people: [{ id: '1000000001', email: 'haneul@example.com', nickname: '김하늘', gender: 'female' }],
}

const ENVIRONMENT = {
  KAKAO_REST_API_KEY: 'k',
  KAKAO_KAUTH_URL: 'http://localhost:8001',
  KAKAO_KAPI_URL: 'http://localhost:8001',
}

async function loginRefusing(
  refuses: readonly string[],
  { environment, ...options }: WorldOptions = {},
) {
  const world = await createWorld({
    environment: { ...ENVIRONMENT, ...environment },
    emulator: { seed: ALL_OPTIONAL },
    ...options,
  })
  const response = await login(world, world.browser(), { ...HANEUL, refuses })
  await world.close()
  return { status: response.status, body: await readJson(response) }
}

const EVERYTHING = ['profile_nickname', 'account_email', 'gender']

describe('somebody about whom Kakao tells nothing but the id', () => {
  test('is refused', async () => {
    expect(await loginRefusing(EVERYTHING)).toMatchObject({
      status: 400,
      body: { code: 'account_facts_missing' },
    })
  })

  test('is refused without OpenID Connect too, where Kakao sends no account', async () => {
    const { status, body } = await loginRefusing([], {
      environment: { KAKAO_OIDC: 'off' },
      intercept: async (request, send) =>
        request.url.includes('/v2/user/me') ? Response.json({ id: 1 }) : await send(request),
    })

    expect({ status, code: body.code }).toEqual({ status: 400, code: 'account_facts_missing' })
  })

  test.each(['auto', 'off'])(
    'is let in by ALLOW_ID_ONLY_LOGIN, OpenID Connect %s',
    async (oidc) => {
      const { status, body } = await loginRefusing(EVERYTHING, {
        environment: { ALLOW_ID_ONLY_LOGIN: 'true', KAKAO_OIDC: oidc },
      })

      expect(status).toBe(200)
      expect(body).toMatchObject({
        social_id: 'kakao_1000000001',
        user_email: null,
        user: { nickname: null, picture: null, email: null, email_verified: false },
      })
    },
  )
})

test('one fact that no ID token carries is enough', async () => {
  const { status, body } = await loginRefusing(['profile_nickname', 'account_email'])

  expect(status).toBe(200)
  expect(body).toMatchObject({ user_email: null, user: { nickname: null } })
})

test('an id of nineteen digits survives without OpenID Connect', async () => {
  const { body } = await loginRefusing([], {
    environment: { KAKAO_OIDC: 'off' },
    intercept: async (request, send) =>
      request.url.includes('/v2/user/me')
        ? new Response('{"id":9007199254740993123,"kakao_account":{"email_needs_agreement":true}}')
        : await send(request),
  })

  expect(body).toMatchObject({ social_id: 'kakao_9007199254740993123' })
})

test('a profile of another person than the ID token is refused', async () => {
  const { status, body } = await loginRefusing(['account_email', 'profile_nickname'], {
    intercept: async (request, send) =>
      request.url.includes('/v2/user/me')
        ? Response.json({ id: 2, kakao_account: { gender: 'male', gender_needs_agreement: false } })
        : await send(request),
  })

  expect({ status, code: body.code }).toEqual({ status: 400, code: 'id_token_invalid' })
})
