import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, SeedError } from '../../src/emulator/index.ts'
import { authorizeUrl, control, get, koeOf, logIn, me } from './_support/demo-app.ts'

const OTHER = 'apps: [{ app_id: 7, rest_api_keys: [{ key: k }] }]\npeople: [{ id: 5 }]\n'

async function plant(kakao: ReturnType<typeof createKakaoEmulator>, body: string) {
  const request = new Request('http://kakao.test/_emulator/seed', { method: 'POST', body })
  return await kakao.fetch(request)
}

async function overviewOf(kakao: ReturnType<typeof createKakaoEmulator>) {
  return await (await control(kakao, 'GET', '')).json()
}

describe('/_emulator/seed', () => {
  test('tells the seed, which makes an emulator like this one', async () => {
    const kakao = createKakaoEmulator()
    const seed = await (await control(kakao, 'GET', 'seed')).text()
    const again = createKakaoEmulator({ seed: JSON.parse(seed) })
    expect(await (await control(again, 'GET', 'seed')).text()).toBe(seed)
  })

  test('starts over from another one, in YAML or JSON, and a reset goes back to that', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    for (const seed of [
      OTHER,
      '{"apps":[{"app_id":7,"rest_api_keys":[{"key":"k"}]}],"people":[{"id":5}]}',
    ]) {
      expect((await plant(kakao, seed)).status).toBe(200)
      await control(kakao, 'POST', 'reset')
      const expected = { apps: [{ app_id: 7 }], people: [{ id: '5' }] }
      expect(await overviewOf(kakao)).toMatchObject(expected)
    }
    expect(await koeOf(await get(kakao, authorizeUrl()))).toBe('KOE101')
    expect((await me(kakao, tokens)).status).toBe(401)
  })

  test('changes nothing when it cannot be used', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    expect((await plant(kakao, 'apps: [{}]')).status).toBe(400)
    expect((await me(kakao, tokens)).status).toBe(200)
  })
})

describe('switches in a seed', () => {
  const seed = { switches: { error_page_status: 418, users_shape: 'object' } } as const

  test('stand from the beginning, until the options of the process say otherwise', async () => {
    const kakao = createKakaoEmulator({ seed, switches: { users_shape: 'array' } })
    expect(await (await control(kakao, 'GET', 'switches')).json()).toMatchObject({
      error_page_status: 418,
      users_shape: 'array',
      code_ttl_seconds: 600,
    })
  })

  test('go with the seed', async () => {
    const kakao = createKakaoEmulator({ seed })
    await plant(kakao, OTHER)
    expect((await get(kakao, '/oauth/authorize')).status).toBe(400)
    await plant(kakao, 'switches: { error_page_status: 403 }')
    expect((await get(kakao, '/oauth/authorize')).status).toBe(403)
  })

  test('that are wrong say which', () => {
    const wrong = { switches: { error_page_status: 204 } }
    expect(() => createKakaoEmulator({ seed: wrong })).toThrow(
      'switches.error_page_status: is of answers without a body',
    )
    expect(() => createKakaoEmulator(wrong)).toThrow(SeedError)
  })
})
