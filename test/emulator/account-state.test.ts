import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  ADMIN,
  authorizeUrl,
  control,
  demoSeed,
  errorOf,
  get,
  getCode,
  HANEUL,
  kapiCodeOf,
  koeOf,
  logIn,
  me,
} from './_support/demo-app.ts'

describe('an account that changes after a login', () => {
  test.each([
    [{ dormant: true }, 400, -103],
    [{ blocked: true }, 403, -4],
    [{ under_14: true }, 401, -406],
  ])('%j answers %i %i', async (change, status, code) => {
    const kakao = createKakaoEmulator({ seed: demoSeed({ admits_under_14: false }) })
    const tokens = await logIn(kakao)
    await control(kakao, 'PATCH', `people/${HANEUL}`, change)

    const answer = await me(kakao, tokens)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ code })
  })

  test('under sanction has to see to it first', async () => {
    const kakao = createKakaoEmulator()
    await getCode(kakao)
    await control(kakao, 'PATCH', `people/${HANEUL}`, { blocked: true })
    expect(await errorOf(kakao, { prompt: 'none' })).toBe('interaction_required')
  })
})

describe('an app that changes after a login', () => {
  const change = async (settings: object) => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const code = await getCode(kakao)
    const response = await control(kakao, 'PATCH', 'apps/123456', settings)
    expect(response.status).toBe(200)
    return { kakao, tokens, code }
  }

  test('blocked by Kakao is refused everywhere', async () => {
    const { kakao, tokens } = await change({ blocked: true })
    expect((await me(kakao, tokens)).body).toMatchObject({ code: -12 })
    expect(await kapiCodeOf(await get(kakao, '/v1/user/ids', ADMIN))).toBe('403 -12')
    expect(await errorOf(kakao, {})).toBe('unauthorized_client')
  })

  test('with login switched off admits nobody', async () => {
    const { kakao } = await change({ login_enabled: false })
    expect(await koeOf(await get(kakao, authorizeUrl()))).toBe('KOE004')
  })

  test('with OpenID Connect switched off has no more userinfo', async () => {
    const { kakao, tokens } = await change({ openid_connect: false })
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect(await kapiCodeOf(await get(kakao, '/v1/oidc/userinfo', headers))).toBe('403 -3')
    expect(await logIn(kakao)).not.toHaveProperty('id_token')
  })
})

describe('for_partner', () => {
  const seed = demoSeed({ consent_items: [{ id: 'talk_message' }] }, { uuid: 'u-1' })

  test('is told to an app that may send messages', async () => {
    const kakao = createKakaoEmulator({ seed })
    expect((await me(kakao, await logIn(kakao))).body).toMatchObject({
      for_partner: { uuid: 'u-1' },
    })
  })

  test('is not told without consent', async () => {
    const kakao = createKakaoEmulator({ seed })
    const tokens = await logIn(kakao, { id: HANEUL, refuses: ['talk_message'] })
    expect((await me(kakao, tokens)).body).not.toHaveProperty('for_partner')
  })
})
