import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import { BADA, get, HANEUL, logIn, me, post, SOL } from './_support/demo-app.ts'

describe('/v2/user/me', () => {
  test('writes the id as a bare number with all its digits', async () => {
    const kakao = createKakaoEmulator()
    const { text } = await me(kakao, await logIn(kakao, { id: SOL }))
    expect(text).toContain(`"id":${SOL},`)
  })

  test('tells everything that was agreed to', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const picture = `http://kakao.test/_emulator/pictures/${HANEUL}`

    expect((await me(kakao, await logIn(kakao))).body).toEqual({
      id: Number(HANEUL),
      connected_at: '2026-01-01T12:00:00Z',
      properties: {
        nickname: '김하늘',
        profile_image: `${picture}-640.svg`,
        thumbnail_image: `${picture}-110.svg`,
      },
      kakao_account: {
        profile_nickname_needs_agreement: false,
        profile_image_needs_agreement: false,
        profile: {
          nickname: '김하늘',
          is_default_nickname: false,
          thumbnail_image_url: `${picture}-110.svg`,
          profile_image_url: `${picture}-640.svg`,
          is_default_image: false,
        },
        email_needs_agreement: false,
        is_email_valid: true,
        is_email_verified: true,
        email: 'haneul@example.com',
      },
    })
  })

  test('asks for agreement where it is missing, and tells nothing of the value', async () => {
    const kakao = createKakaoEmulator()
    const refuses = ['profile_image', 'account_email']
    const { body } = await me(kakao, await logIn(kakao, { id: HANEUL, refuses }))

    expect(body.kakao_account).toEqual({
      profile_nickname_needs_agreement: false,
      profile_image_needs_agreement: true,
      profile: { nickname: '김하늘', is_default_nickname: false },
      email_needs_agreement: true,
    })
  })

  test('tells the value once it was agreed to later', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    const { body } = await me(kakao, await logIn(kakao, { id: HANEUL }, { scope: 'account_email' }))
    expect(body.kakao_account).toMatchObject({
      email_needs_agreement: false,
      email: 'haneul@example.com',
    })
  })

  test.each([[[]], [['account_email']]])(
    'never asks for what the account has not: refusing %j',
    async (refuses) => {
      const kakao = createKakaoEmulator()
      const { body } = await me(kakao, await logIn(kakao, { id: BADA, refuses }))
      expect(body.kakao_account).toHaveProperty('email_needs_agreement', false)
      expect(body.kakao_account).not.toHaveProperty('email')
    },
  )

  test('has a flag for each configured item and no other', async () => {
    const kakao = allItemsEmulator()
    const { body } = await me(kakao, await logIn(kakao, { id: '7', refuses: ['gender'] }))

    expect(body.kakao_account).toEqual({
      profile_needs_agreement: false,
      profile: expect.objectContaining({ nickname: '한별', is_default_image: false }),
      name_needs_agreement: false,
      name: '정한별',
      age_range_needs_agreement: false,
      age_range: '30~39',
      birthyear_needs_agreement: false,
      birthyear: '1990',
      birthday_needs_agreement: false,
      birthday: '0412',
      birthday_type: 'LUNAR',
      is_leap_month: false,
      gender_needs_agreement: true,
      phone_number_needs_agreement: false,
      phone_number: '+82 10-1234-5678',
      ci_needs_agreement: false,
      ci: 'ci-7',
      ci_authenticated_at: '2026-01-01T00:00:00Z',
    })
  })

  test('has no kakao_account where nothing is configured', async () => {
    const kakao = createKakaoEmulator({
      seed: { apps: [{ ...DEMO_KEYS, openid_connect: false }] },
    })
    const { body } = await me(kakao, await logIn(kakao))
    expect(Object.keys(body)).toEqual(['id', 'connected_at'])
  })

  test('gives http pictures unless secure_resource is set', async () => {
    const kakao = createKakaoEmulator()
    const headers = { authorization: `Bearer ${(await logIn(kakao)).access_token}` }
    const read = async (query: string) =>
      (await get(kakao, `https://kapi.test/v2/user/me${query}`, headers)).text()

    expect(await read('')).toContain('"http://kapi.test/_emulator/pictures')
    expect(await read('?secure_resource=true')).toContain('"https://kapi.test/_emulator/pictures')
  })

  test('takes its parameters in a form too', async () => {
    const kakao = createKakaoEmulator()
    const headers = { authorization: `Bearer ${(await logIn(kakao)).access_token}` }
    const response = await post(kakao, '/v2/user/me', { property_keys: '["id"]' }, headers)
    expect(await response.json()).toEqual({ id: Number(HANEUL) })
  })
})

const DEMO_KEYS = {
  rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
  any_loopback_redirect_uri: true,
}

function allItemsEmulator(): KakaoEmulator {
  const items = [
    'profile',
    'name',
    'age_range',
    'birthyear',
    'birthday',
    'gender',
    'phone_number',
    'account_ci',
  ] as const
  return createKakaoEmulator({
    seed: {
      apps: [{ ...DEMO_KEYS, consent_items: items.map((id) => ({ id })) }],
      people: [
        {
          id: '7',
          nickname: '한별',
          name: '정한별',
          email: 'byeol@example.com',
          age_range: '30~39',
          birthyear: '1990',
          birthday: '0412',
          birthday_type: 'LUNAR',
          gender: 'female',
          phone_number: '+82 10-1234-5678',
          ci: 'ci-7',
          ci_authenticated_at: '2026-01-01T00:00:00Z',
        },
      ],
    },
  })
}
