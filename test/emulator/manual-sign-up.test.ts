import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  ADMIN,
  bearer,
  control,
  demoSeed,
  get,
  HANEUL,
  kapiCodeOf,
  logIn,
  me,
  post,
} from './_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService } from './_support/service.ts'

const SIGN_UP = '/v1/user/signup'

const seed = demoSeed(
  {
    automatic_linking: false,
    user_properties: ['grade'],
    consent_items: [{ id: 'profile_nickname' }, { id: 'account_email' }, { id: 'gender' }],
    webhooks: BOTH_WEBHOOKS,
  },
  { email: 'haneul@example.com', gender: 'female' },
)

function createManualApp() {
  const service = createService()
  return { service, kakao: createKakaoEmulator({ seed, now: () => NOON, fetch: service.fetch }) }
}

describe('where linking is not automatic', () => {
  test('a login only registers, and little is told', async () => {
    const { kakao } = createManualApp()
    expect((await me(kakao, await logIn(kakao))).body).toEqual({
      id: Number(HANEUL),
      has_signed_up: false,
      connected_at: '2026-01-01T12:00:00Z',
      kakao_account: {
        profile: { nickname: '김하늘', is_default_nickname: false },
        email: 'haneul@example.com',
        is_email_valid: true,
        is_email_verified: true,
      },
    })
  })

  test('whoever has not signed up is not linked, for any other call', async () => {
    const { kakao } = createManualApp()
    const headers = bearer(await logIn(kakao))
    expect(await kapiCodeOf(await get(kakao, '/v2/user/scopes', headers))).toBe('400 -101')
    expect(await (await get(kakao, '/v1/user/ids', ADMIN)).text()).toContain('"elements":[]')
    expect((await get(kakao, '/v1/user/access_token_info', headers)).status).toBe(200)
  })

  test('a sign-up links, with properties, and is told as user-linked', async () => {
    const { kakao, service } = createManualApp()
    const tokens = await logIn(kakao)
    await kakao.settled()
    expect(service.events()).not.toContain('user-linked')

    const properties = '{"grade":"gold"}'
    const response = await post(kakao, SIGN_UP, { properties }, bearer(tokens))

    expect(await response.json()).toEqual({ id: Number(HANEUL) })
    expect((await me(kakao, tokens)).body).toMatchObject({
      has_signed_up: true,
      properties: { grade: 'gold' },
      kakao_account: { gender: 'female' },
    })
    await kakao.settled()
    expect(service.events()).toContain('user-linked')
  })

  test('a sign-up is refused a second time', async () => {
    const { kakao } = createManualApp()
    const headers = bearer(await logIn(kakao))
    await post(kakao, SIGN_UP, {}, headers)
    const response = await post(kakao, SIGN_UP, {}, headers)
    expect(await response.json()).toEqual({ msg: 'already registered', code: -102 })
  })

  test.each([
    ['{"shoe_size":"250"}', '400 -201'],
    ['{"grade":1}', '400 -2'],
    ['["grade"]', '400 -2'],
    ['{', '400 -2'],
  ])('a sign-up with %s is refused whole', async (properties, code) => {
    const { kakao } = createManualApp()
    const tokens = await logIn(kakao)
    expect(await kapiCodeOf(await post(kakao, SIGN_UP, { properties }, bearer(tokens)))).toBe(code)
    expect((await me(kakao, tokens)).body).toMatchObject({ has_signed_up: false })
  })

  test('a day without a sign-up ends in INCOMPLETE_SIGN_UP', async () => {
    const { kakao, service } = createManualApp()
    const tokens = await logIn(kakao)
    const advance = (advance_seconds: number) =>
      control(kakao, 'POST', 'clock', { advance_seconds })

    await advance(24 * 60 * 60 - 1)
    await kakao.settled()
    expect(service.events()).not.toContain('user-unlinked')

    await advance(1)
    await kakao.settled()
    expect(service.events()).toContain('user-unlinked')
    const [unlink] = service.received.filter(({ body }) => body.includes('INCOMPLETE_SIGN_UP'))
    expect(unlink?.url.pathname).toBe('/webhooks/kakao/unlink/')
    expect((await me(kakao, tokens)).status).toBe(401)
  })

  test('a day after a sign-up nothing ends', async () => {
    const { kakao } = createManualApp()
    await post(kakao, SIGN_UP, {}, bearer(await logIn(kakao)))
    await control(kakao, 'POST', 'clock', { advance_seconds: 25 * 60 * 60 })
    const answer = await (await control(kakao, 'GET', `people/${HANEUL}/links`)).json()
    expect(answer).toMatchObject({ links: [{ has_signed_up: true }] })
  })
})

test('where linking is automatic everyone is registered already', async () => {
  const kakao = createKakaoEmulator()
  const tokens = await logIn(kakao)
  expect(await kapiCodeOf(await post(kakao, SIGN_UP, {}, bearer(tokens)))).toBe('400 -102')
  expect((await me(kakao, tokens)).body).not.toHaveProperty('has_signed_up')
})
