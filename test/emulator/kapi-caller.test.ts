import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { BADA, control, get, logIn, me, SOL } from './_support/demo-app.ts'

describe('a caller of kapi', () => {
  test.each([
    {},
    { authorization: 'Bearer' },
    { authorization: 'Bearer nope' },
    { authorization: 'x' },
  ])('without a known token is refused: %j', async (headers) => {
    const response = await get(createKakaoEmulator(), '/v2/user/me', headers)

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer error=invalid_token')
    expect(await response.json()).toEqual({
      msg: 'this access token does not exist',
      code: -401,
    })
  })

  test('with a token of yesterday is told that it has expired', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    await control(kakao, 'POST', 'clock', { advance_seconds: 21599 })
    expect((await me(kakao, tokens)).body).toEqual({
      msg: 'this access token is already expired',
      code: -401,
    })
  })

  test('with the admin key names the user', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: SOL })
    const response = await asAdmin(kakao, 'demo-admin-key', SOL)
    expect(await response.text()).toContain('"email":"sol@example.com"')
  })

  test.each([
    ['demo-admin-key', '', 400, -2],
    ['demo-admin-key', 'sol@example.com', 400, -2],
    ['demo-admin-key', BADA, 400, -101],
    ['demo-rest-api-key', SOL, 401, -401],
  ])('with an admin key is refused: %s for %j', async (key, id, status, code) => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: SOL })
    const response = await asAdmin(kakao, key, id)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code })
  })

  test('asking for an API that is not there is answered in the words of kapi', async () => {
    const response = await get(createKakaoEmulator(), '/v9/user/me')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: -2 })
  })
})

function asAdmin(kakao: KakaoEmulator, key: string, id: string): Promise<Response> {
  const path = `/v2/user/me?target_id_type=user_id&target_id=${encodeURIComponent(id)}`
  return get(kakao, path, { authorization: `KakaoAK ${key}` })
}
