import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import { ADMIN, BADA, control, get, HANEUL, kapiCodeOf, logIn, SOL } from './_support/demo-app.ts'

async function withThree(options: Parameters<typeof createKakaoEmulator>[0] = {}) {
  const kakao = createKakaoEmulator({ now: () => NOON, ...options })
  for (const id of [SOL, HANEUL, BADA]) await logIn(kakao, { id })
  return kakao
}

describe('GET /v1/user/ids', () => {
  const ask = async (kakao: KakaoEmulator, query = '') =>
    await (await get(kakao, `/v1/user/ids${query}`, ADMIN)).text()

  test('lists ids as bare numbers, whole, the smallest first', async () => {
    const answer = `{"elements":[${HANEUL},${BADA},${SOL}],"before_url":null,"after_url":null}`
    expect(await ask(await withThree())).toBe(answer)
  })

  test('goes through them page by page, in both directions', async () => {
    const kakao = await withThree()
    const second = JSON.parse(await ask(kakao, `?limit=1&from_id=${BADA}`))
    expect(second).toEqual({
      elements: [Number(BADA)],
      before_url: `http://kakao.test/v1/user/ids?limit=1&order=asc&from_id=${HANEUL}&app_key=demo-admin-key`,
      after_url: `http://kakao.test/v1/user/ids?limit=1&order=asc&from_id=${SOL}&app_key=demo-admin-key`,
    })
    expect(await ask(kakao, '?order=desc&limit=2')).toContain(`"elements":[${SOL},${BADA}]`)
    expect(await ask(kakao, `?order=desc&from_id=${BADA}`)).toContain(`[${BADA},${HANEUL}]`)
    expect(await ask(kakao, '?from_id=9223372036854775807')).toContain('"elements":[]')
  })

  test('knows nobody who is not linked', async () => {
    expect(await ask(createKakaoEmulator())).toContain('"elements":[]')
  })

  test('tells the deprecated count where asked to', async () => {
    const kakao = await withThree({ switches: { deprecated_fields: true } })
    expect(JSON.parse(await ask(kakao, '?limit=1'))).toMatchObject({ total_count: 3 })
  })

  test.each(['?limit=0', '?limit=101', '?limit=x', '?order=up', '?from_id=x'])(
    'refuses %s with -2',
    async (query) => {
      const response = await get(createKakaoEmulator(), `/v1/user/ids${query}`, ADMIN)
      expect(await kapiCodeOf(response)).toBe('400 -2')
    },
  )

  test('answers 429 and -10 after a hundred calls within a minute', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    for (let calls = 0; calls < 100; calls += 1) await ask(kakao)

    const response = await get(kakao, '/v1/user/ids', ADMIN)
    expect(response.status).toBe(429)
    expect(await response.json()).toEqual({ msg: 'API limit has been exceeded.', code: -10 })
    await control(kakao, 'POST', 'clock', { advance_seconds: 60 })
    expect((await get(kakao, '/v1/user/ids', ADMIN)).status).toBe(200)
  })
})

describe('GET /v2/app/users', () => {
  const ask = (kakao: KakaoEmulator, ids: string, more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ target_id_type: 'user_id', target_ids: ids, ...more })
    return get(kakao, `/v2/app/users?${query}`, ADMIN)
  }

  test('tells ids and times, in an order of its own; who is not linked is missing', async () => {
    const response = await ask(await withThree(), `[${SOL},999,${HANEUL}]`)
    const at = '"connected_at":"2026-01-01T12:00:00Z"'
    expect(await response.text()).toBe(`[{"id":${HANEUL},${at}},{"id":${SOL},${at}}]`)
  })

  test('tells what property_keys names', async () => {
    const response = await ask(await withThree(), `[${HANEUL}]`, {
      property_keys: '["kakao_account.email"]',
    })
    expect(await response.json()).toEqual([
      {
        id: Number(HANEUL),
        connected_at: '2026-01-01T12:00:00Z',
        kakao_account: {
          email_needs_agreement: false,
          email: 'haneul@example.com',
          is_email_valid: true,
          is_email_verified: true,
        },
      },
    ])
  })

  test('is an object where asked to', async () => {
    const kakao = await withThree({ switches: { users_shape: 'object' } })
    const answer = await (await ask(kakao, `[${HANEUL}]`)).json()
    expect(answer).toMatchObject({ elements: [{ id: Number(HANEUL) }] })
  })

  const many = (count: number) => JSON.stringify(Array.from({ length: count }, (_, n) => n + 1))
  const keys = { property_keys: '["id"]' }

  test.each<[string, string, Record<string, string>, string]>([
    ['101 ids', many(101), {}, '400 -2'],
    ['21 ids with keys', many(21), keys, '400 -2'],
    ['no ids', '[]', {}, '400 -2'],
    ['no list', '1', {}, '400 -2'],
    ['no JSON', '[1', {}, '400 -2'],
    ['no numbers', '["a"]', {}, '400 -2'],
    ['another type', '[1]', { target_id_type: 'uuid' }, '400 -2'],
    ['an unknown key', '[1]', { property_keys: '["shoe_size"]' }, '400 -201'],
  ])('refuses %s', async (_, ids, more, code) => {
    expect(await kapiCodeOf(await ask(createKakaoEmulator(), ids, more))).toBe(code)
  })

  test('takes as many as it says', async () => {
    const kakao = createKakaoEmulator()
    expect((await ask(kakao, many(100))).status).toBe(200)
    expect((await ask(kakao, many(20), keys)).status).toBe(200)
  })
})
