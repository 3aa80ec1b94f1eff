import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  bearer,
  demoSeed,
  get,
  HANEUL,
  kapiCodeOf,
  logIn,
  redeem,
  target,
} from './_support/demo-app.ts'

const ME = `/v2/user/me?${new URLSearchParams(target(HANEUL))}`
const by = (key: string) => ({ authorization: `KakaoAK ${key}` })

describe('admin keys', () => {
  const seed = demoSeed({
    admin_keys: ['one', { key: 'two', allowed_apis: ['/v1/user/ids'] }],
  })

  test('all work, as many as an app has', async () => {
    const kakao = createKakaoEmulator({ seed })
    await logIn(kakao)
    expect((await get(kakao, ME, by('one'))).status).toBe(200)
    expect((await get(kakao, '/v1/user/ids', by('two'))).status).toBe(200)
  })

  test('are refused with -3 by an API that they may not call', async () => {
    const kakao = createKakaoEmulator({ seed })
    await logIn(kakao)
    expect(await kapiCodeOf(await get(kakao, ME, by('two')))).toBe('403 -3')
  })

  test.each(['nope', ''])('unknown are refused with -401 and asked for: %j', async (key) => {
    const response = await get(createKakaoEmulator({ seed }), '/v1/user/ids', by(key))
    expect(response.headers.get('www-authenticate')).toBe('KakaoAK error=invalid_token')
    expect(await kapiCodeOf(response)).toBe('401 -401')
  })

  test('cannot be replaced by an access token where only they will do', async () => {
    const kakao = createKakaoEmulator({ seed })
    const response = await get(kakao, '/v1/user/ids', bearer(await logIn(kakao)))
    expect(await kapiCodeOf(response)).toBe('401 -401')
  })

  test('do not open what belongs to a person alone', async () => {
    const kakao = createKakaoEmulator({ seed })
    await logIn(kakao)
    const path = `/v1/user/access_token_info?${new URLSearchParams(target(HANEUL))}`
    expect(await kapiCodeOf(await get(kakao, path, by('one')))).toBe('401 -401')
  })
})

describe('allowed IP addresses', () => {
  const kakao = createKakaoEmulator({
    seed: demoSeed({
      rest_api_keys: [
        {
          key: 'demo-rest-api-key',
          client_secret: 'demo-client-secret',
          allowed_ips: ['192.0.2.0/24', '2001:db8::7'],
        },
      ],
      admin_keys: [{ key: 'a', allowed_ips: ['198.51.100.1'] }],
    }),
  })
  const from = (remoteAddress: string, path: string, headers: Record<string, string>) =>
    kakao.fetch(new Request(`http://kakao.test${path}`, { headers }), { remoteAddress })

  test.each([
    ['192.0.2.200', 200],
    ['::ffff:192.0.2.1', 200],
    ['2001:db8::7', 200],
    ['192.0.3.1', 401],
    ['203.0.113.1', 401],
    ['2001:db8::8', 401],
  ])('admit a token of their key from %s: %i', async (address, status) => {
    const tokens = await logIn(kakao)
    expect((await from(address, '/v2/user/me', bearer(tokens))).status).toBe(status)
  })

  test('tell the address that is not among them', async () => {
    const response = await from('203.0.113.1', '/v1/user/ids', by('a'))
    expect(await response.json()).toEqual({
      code: -401,
      msg: 'ip mismatched! callerIp=203.0.113.1. check out registered ips.',
    })
  })

  test('are asked for at the token endpoint after the secret: KOE127', async () => {
    const send = async (client_secret: string) => {
      const body = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'demo-rest-api-key',
        client_secret,
      })
      const request = new Request('http://kakao.test/oauth/token', { method: 'POST', body })
      const response = await kakao.fetch(request, { remoteAddress: '203.0.113.1' })
      return (await response.json()) as { error_code: string }
    }
    expect(await send('wrong')).toMatchObject({ error_code: 'KOE010' })
    expect(await send('demo-client-secret')).toMatchObject({ error_code: 'KOE127' })
  })

  test('do not hold within the process', async () => {
    expect((await redeem(kakao, 'nope')).status).toBe(400)
  })
})
