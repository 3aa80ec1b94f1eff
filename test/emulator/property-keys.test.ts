import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { control, HANEUL, logIn, me } from './_support/demo-app.ts'

describe('property_keys', () => {
  test('bring an item with its companions', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    expect((await me(kakao, tokens, '["kakao_account.email"]')).body).toEqual({
      id: Number(HANEUL),
      kakao_account: {
        email_needs_agreement: false,
        is_email_valid: true,
        is_email_verified: true,
        email: 'haneul@example.com',
      },
    })
  })

  test('bring all below a trailing dot', async () => {
    const kakao = createKakaoEmulator()
    const { body } = await me(kakao, await logIn(kakao), '["kakao_account."]')
    expect(body.kakao_account).toHaveProperty('profile')
    expect(body.kakao_account).toHaveProperty('email')
    expect(body).not.toHaveProperty('properties')
  })

  test.each(['birthyear', 'phone_number', 'ci'])(
    'may hold %s, unless a switch says that Kakao has no such key',
    async (key) => {
      const kakao = createKakaoEmulator()
      const tokens = await logIn(kakao)
      expect((await me(kakao, tokens, `["kakao_account.${key}"]`)).status).toBe(200)
      await control(kakao, 'PATCH', 'switches', { unlisted_property_keys: false })
      const { body } = await me(kakao, tokens, `["kakao_account.${key}"]`)
      expect(body).toMatchObject({ code: -201 })
    },
  )

  test.each([
    ['["properties.shoe_size"]', -201],
    ['kakao_account.email', -2],
    ['{"a":1}', -2],
    ['[1]', -2],
  ])('are refused when they are none: %s', async (keys, code) => {
    const kakao = createKakaoEmulator()
    const { status, body } = await me(kakao, await logIn(kakao), keys)
    expect(status).toBe(400)
    expect(body).toMatchObject({ code })
  })
})
