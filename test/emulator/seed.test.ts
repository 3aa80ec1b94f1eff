import { describe, expect, test } from 'vitest'
import {
  createKakaoEmulator,
  type EmulatorSeed,
  readSeed,
  SeedError,
} from '../../src/emulator/index.ts'
import { authorizeUrl, get, koeOf, logIn } from './_support/demo-app.ts'

const CONTRACT_SEED = `{
  "apps": [{
    "app_id": 123456,
    "rest_api_keys": [{ "key": "k", "client_secret": "s", "redirect_uris": ["http://localhost:8000/cb"], "logout_redirect_uris": [] }],
    "native_app_keys": ["n"], "javascript_keys": ["j"], "admin_keys": ["a"],
    "openid_connect": true,
    "consent_items": [{ "id": "account_email", "level": "optional" }],
    "service_terms": [{ "tag": "service_20260101", "required": true }],
    "webhooks": { "unlink": { "url": "http://localhost:8000/unlink/", "method": "POST" }, "account_status": { "url": "http://localhost:8000/status/" } }
  }],
  "people": [{ "id": 1376016924429759229, "email": "a@example.com", "is_email_valid": true, "is_email_verified": true, "nickname": "김하늘", "phone_number": "+82 10-1234-5678", "birthyear": "1990" }]
}`

describe('a seed file', () => {
  test('in JSON keeps the digits of a long id', async () => {
    const seed = await readSeed(CONTRACT_SEED)
    expect(seed.people?.[0]?.id).toBe('1376016924429759229')
    expect(seed.apps?.[0]?.rest_api_keys[0]?.key).toBe('k')
  })

  test('in YAML keeps them too, and takes a year without quotes', async () => {
    const seed = await readSeed('people:\n  - id: 1376016924429759229\n    birthyear: 1990\n')
    expect(seed.people?.[0]).toMatchObject({ id: '1376016924429759229', birthyear: '1990' })
  })

  test('may leave out everything but the keys', async () => {
    const seed = await readSeed(
      'apps: [{rest_api_keys: [{key: k}]}, {rest_api_keys: [{key: l}]}]\npeople: [{}]',
    )
    const response = await get(createKakaoEmulator({ seed }), '/_emulator/')
    expect(await response.json()).toMatchObject({
      apps: [{ app_id: 123456 }, { app_id: 123457 }],
      people: [{ id: '2000000001', nickname: '닉네임을 등록해주세요' }],
    })
  })

  test.each(['', '{}', 'people:\n'])('that is empty is the demo: %j', async (text) => {
    const kakao = createKakaoEmulator({ seed: await readSeed(text) })
    expect(await logIn(kakao)).toHaveProperty('access_token')
  })

  test.each([
    ['{"apps": [', /^the seed is not JSON: /],
    ['apps: [', /^the seed is not YAML: /],
    ['[]', /^the seed: /],
    ['apps: []', /^apps: must hold at least one app$/],
    ['apps: [{}]', /^apps\[0\]\.rest_api_keys: is missing$/],
    ['apps: [{rest_api_keys: [{}]}]', /^apps\[0\]\.rest_api_keys\[0\]\.key: is missing$/],
    ['people: [{nick: 하늘}]', /^people\[0\]\.nick: is not a known field$/],
    ['people: [{email: haneul}]', /^people\[0\]\.email: must be an e-mail address$/],
    ['people: [{id: abc}]', /^people\[0\]\.id: must be an id of up to 19 digits$/],
    ['people: [{id: "9999999999999999999"}]', /^people\[0\]\.id: must be an id/],
    ['people: [{birthday: 0412}]', /^people\[0\]\.birthday: must be month and day in quotes/],
    ['people: [{id: 7}, {id: "7"}]', /^people\[1\]\.id: is taken by another person$/],
    ['people: [{refuses: [email]}]', /^people\[0\]\.refuses\[0\]: must be one of profile, /],
  ])('that is wrong says where: %s', async (text, message) => {
    await expect(readSeed(text)).rejects.toThrow(message)
    await expect(readSeed(text)).rejects.toBeInstanceOf(SeedError)
  })

  test('tells all its problems at once, a line each', async () => {
    const seed = 'people: [{email: a, gender: x}]\nextra: 1\n'
    await expect(readSeed(seed)).rejects.toMatchObject({
      problems: [
        expect.stringContaining('people[0].email'),
        expect.stringContaining('people[0].gender'),
        'extra: is not a known field',
      ],
    })
  })

  test('may not give two apps one key', async () => {
    const seed = { apps: [{ rest_api_keys: [{ key: 'k' }] }, { rest_api_keys: [{ key: 'k' }] }] }
    expect(() => createKakaoEmulator({ seed })).toThrow('apps[1]: repeats an app key')
  })
})

describe('a registered redirect URI', () => {
  const uri = 'https://app.test/cb'
  const seed: EmulatorSeed = {
    apps: [{ rest_api_keys: [{ key: 'k', redirect_uris: [uri, 'https://app.test/한글'] }] }],
  }

  test.each([`${uri}/`, `${uri}?a=1`, 'https://APP.test/cb', 'http://app.test/cb'])(
    'is compared as text: not %s',
    async (redirect_uri) => {
      const url = authorizeUrl({ client_id: 'k', redirect_uri })
      expect(await koeOf(await get(createKakaoEmulator({ seed }), url))).toBe('KOE006')
    },
  )

  test('may hold letters that a header cannot', async () => {
    const kakao = createKakaoEmulator({ seed, auto: true })
    const url = authorizeUrl({ client_id: 'k', redirect_uri: 'https://app.test/한글' })
    const { headers } = await get(kakao, url)
    expect(headers.get('location')).toMatch(/^https:\/\/app\.test\/%ED%95%9C%EA%B8%80\?code=/)
  })
})
