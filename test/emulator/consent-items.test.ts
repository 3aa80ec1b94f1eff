import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import {
  ADMIN,
  bearer,
  control,
  get,
  HANEUL,
  kapiCodeOf,
  logIn,
  me,
  post,
  type Tokens,
  target,
} from './_support/demo-app.ts'

const SCOPES = '/v2/user/scopes'
const REVOKE = '/v2/user/revoke/scopes'

interface Answer {
  id: number
  scopes: Record<string, unknown>[]
}

async function read(kakao: KakaoEmulator, tokens: Tokens, query = ''): Promise<Answer> {
  return (await (await get(kakao, `${SCOPES}${query}`, bearer(tokens))).json()) as Answer
}

describe('GET /v2/user/scopes', () => {
  test('tells each item of the app and how it stands', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    const type = 'PRIVACY'
    expect(await read(kakao, tokens)).toEqual({
      id: Number(HANEUL),
      scopes: [
        {
          id: 'profile_nickname',
          display_name: '닉네임',
          type,
          using: true,
          agreed: true,
          revocable: false,
        },
        {
          id: 'profile_image',
          display_name: '프로필 사진',
          type,
          using: true,
          agreed: true,
          revocable: true,
        },
        {
          id: 'account_email',
          display_name: '카카오계정(이메일)',
          type,
          using: true,
          agreed: false,
        },
      ],
    })
  })

  test('tells those asked for', async () => {
    const kakao = createKakaoEmulator()
    const query = `?scopes=${encodeURIComponent('["account_email"]')}`
    const { scopes } = await read(kakao, await logIn(kakao), query)
    expect(scopes.map(({ id }) => id)).toEqual(['account_email'])
  })

  test('still tells an item that was agreed to and is no longer set up', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    await control(kakao, 'PATCH', 'apps/123456', { consent_items: [{ id: 'gender' }] })
    expect((await read(kakao, tokens)).scopes).toContainEqual(
      expect.objectContaining({ id: 'account_email', using: false, agreed: true }),
    )
  })

  test.each(['["gender"]', '["nope"]', 'account_email', '[1]'])(
    'refuses %s with -2',
    async (scopes) => {
      const kakao = createKakaoEmulator()
      const path = `${SCOPES}?scopes=${encodeURIComponent(scopes)}`
      expect(await kapiCodeOf(await get(kakao, path, bearer(await logIn(kakao))))).toBe('400 -2')
    },
  )
})

describe('POST /v2/user/revoke/scopes', () => {
  test('takes back consent, and the value with it', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const response = await post(kakao, REVOKE, { scopes: '["account_email"]' }, bearer(tokens))

    const { scopes } = (await response.json()) as Answer
    expect(scopes).toContainEqual(expect.objectContaining({ id: 'account_email', agreed: false }))
    expect((await me(kakao, tokens)).body).toMatchObject({
      kakao_account: { email_needs_agreement: true },
    })
    expect((await me(kakao, tokens)).text).not.toContain('haneul@example.com')
  })

  test('is also for the admin key, and harmless where nothing was agreed to', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    const form = { scopes: '["account_email"]', ...target(HANEUL) }
    expect((await post(kakao, REVOKE, form, ADMIN)).status).toBe(200)
  })

  test('refuses a required item with -3, and revokes none beside it', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const scopes = '["account_email","profile_nickname"]'
    const response = await post(kakao, REVOKE, { scopes }, bearer(tokens))

    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      code: -3,
      msg: expect.stringMatching(/^\[profile_nickname\] is not revocable\. /),
    })
    expect((await me(kakao, tokens)).text).toContain('haneul@example.com')
  })

  test.each(['', '[]', '["gender"]', '{'])('refuses %j with -2', async (scopes) => {
    const kakao = createKakaoEmulator()
    const response = await post(kakao, REVOKE, { scopes }, bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe('400 -2')
  })
})
