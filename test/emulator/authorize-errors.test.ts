import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type EmulatorSeed } from '../../src/emulator/index.ts'
import { authorizeUrl, get, koeOf } from './_support/demo-app.ts'

const MISTAKES: [title: string, parameters: Record<string, string>, koe: string][] = [
  ['an unknown app key', { client_id: 'nobody' }, 'KOE101'],
  ['an admin key', { client_id: 'demo-admin-key' }, 'KOE101'],
  ['no app key', { client_id: '' }, 'KOE207'],
  ['no redirect URI', { redirect_uri: '' }, 'KOE207'],
  ['no response type', { response_type: '' }, 'KOE207'],
  ['the implicit flow', { response_type: 'token' }, 'KOE202'],
  ['another response type', { response_type: 'id_token' }, 'KOE201'],
  ['an unregistered redirect URI', { redirect_uri: 'https://app.test/cb' }, 'KOE006'],
  [
    'a host that only begins like localhost',
    { redirect_uri: 'http://localhost.evil.test/' },
    'KOE006',
  ],
  ['user information before the host', { redirect_uri: 'http://localhost:1@evil.test/' }, 'KOE006'],
  ['a native key on the web', { client_id: 'demo-native-app-key' }, 'KOE008'],
  ['a consent item the app lacks', { scope: 'account_email,gender' }, 'KOE205'],
  ['certificate login', { prompt: 'cert' }, 'KOE216'],
  ['an unknown prompt', { prompt: 'consent' }, 'KOE204'],
  ['a channel without a linked channel', { channel_public_id: '_ab' }, 'KOE102'],
  ['a plain PKCE challenge', { code_challenge: 'x', code_challenge_method: 'plain' }, 'KOE204'],
]

describe('a configuration mistake', () => {
  test.each(MISTAKES)('%s is shown on a page and never redirected', async (_, parameters, koe) => {
    const response = await get(createKakaoEmulator(), authorizeUrl({ state: 's', ...parameters }))

    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await koeOf(response)).toBe(koe)
  })

  test('a parameter sent twice is malformed', async () => {
    const url = `${authorizeUrl().href}&client_id=demo-rest-api-key`
    expect(await koeOf(await get(createKakaoEmulator(), url))).toBe('KOE001')
  })

  test('a login that is switched off answers KOE004', async () => {
    const seed: EmulatorSeed = { apps: [{ rest_api_keys: [{ key: 'k' }], login_enabled: false }] }
    const response = await get(createKakaoEmulator({ seed }), authorizeUrl({ client_id: 'k' }))
    expect(await koeOf(response)).toBe('KOE004')
  })

  test('localhost is a redirect URI of the demo app only', async () => {
    const seed: EmulatorSeed = { apps: [{ rest_api_keys: [{ key: 'k' }] }] }
    const response = await get(createKakaoEmulator({ seed }), authorizeUrl({ client_id: 'k' }))
    expect(await koeOf(response)).toBe('KOE006')
  })

  test('a person outside a test app meets KOE005', async () => {
    const seed: EmulatorSeed = {
      apps: [
        {
          rest_api_keys: [{ key: 'k', redirect_uris: ['https://app.test/cb'] }],
          test_members: ['1000000001'],
        },
      ],
    }
    const kakao = createKakaoEmulator({ seed })
    const url = authorizeUrl({ client_id: 'k', redirect_uri: 'https://app.test/cb' })

    await expect(kakao.authorize(url, { id: '1000000002' })).rejects.toMatchObject({
      koe: 'KOE005',
    })
    expect((await kakao.authorize(url, { id: '1000000001' })).searchParams.has('code')).toBe(true)
  })

  test('the status of the page is a switch', async () => {
    const kakao = createKakaoEmulator({ switches: { error_page_status: 200 } })
    expect((await get(kakao, authorizeUrl({ client_id: 'nobody' }))).status).toBe(200)
  })

  test('a page never carries markup from the request', async () => {
    const url = authorizeUrl({ client_id: '<script>alert(1)</script>' })
    expect(await (await get(createKakaoEmulator(), url)).text()).not.toContain('<script')
  })
})
