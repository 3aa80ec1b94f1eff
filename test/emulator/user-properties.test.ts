import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { bearer, demoSeed, HANEUL, kapiCodeOf, logIn, me, post } from './_support/demo-app.ts'

const UPDATE = '/v1/user/update_profile'
const seed = demoSeed({ user_properties: ['grade', 'city'] })

describe('POST /v1/user/update_profile', () => {
  test('sets user properties and keeps the others', async () => {
    const kakao = createKakaoEmulator({ seed })
    const tokens = await logIn(kakao)
    const set = (properties: string) => post(kakao, UPDATE, { properties }, bearer(tokens))

    expect(await (await set('{"grade":"gold","city":"서울"}')).json()).toEqual({
      id: Number(HANEUL),
    })
    await set('{"grade":"silver"}')

    expect((await me(kakao, tokens)).body).toMatchObject({
      properties: { grade: 'silver', city: '서울' },
    })
    const restricted = await me(kakao, tokens, '["properties.city"]')
    expect(restricted.body).toEqual({ id: Number(HANEUL), properties: { city: '서울' } })
  })

  test.each([
    ['{"shoe_size":"250"}', '400 -201'],
    ['', '400 -2'],
    ['{"grade":null}', '400 -2'],
    ['[]', '400 -2'],
    ['gold', '400 -2'],
  ])('refuses %j', async (properties, code) => {
    const kakao = createKakaoEmulator({ seed })
    const response = await post(kakao, UPDATE, { properties }, bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe(code)
  })

  test('names the unknown keys and the app', async () => {
    const kakao = createKakaoEmulator({ seed })
    const properties = '{"a":"1","b":"2"}'
    const response = await post(kakao, UPDATE, { properties }, bearer(await logIn(kakao)))
    expect(await response.json()).toMatchObject({
      msg: 'user property not found ([a, b] for appId=123456)',
    })
  })
})
