import { describe, expect, test } from 'vitest'
import {
  ConnectionDropped,
  createKakaoEmulator,
  type KakaoEmulator,
} from '../../src/emulator/index.ts'
import { authorizeUrl, control, get, post } from './_support/demo-app.ts'

const ME = '/v2/user/me'

describe('a fault', () => {
  test('hits as many requests as it says, of its method and path', async () => {
    const kakao = await withFault({ method: 'get', path: ME, times: 2, status: 503 })

    expect((await post(kakao, ME, {})).status).toBe(401)
    expect((await get(kakao, '/v1/oidc/userinfo')).status).toBe(401)
    expect((await get(kakao, ME)).status).toBe(503)
    expect((await get(kakao, `${ME}?a=b`)).status).toBe(503)
    expect((await get(kakao, ME)).status).toBe(401)
  })

  test('without times stays until it is cleared', async () => {
    const kakao = await withFault({ status: 503 })
    for (let asked = 0; asked < 3; asked += 1) expect((await get(kakao, ME)).status).toBe(503)
    await control(kakao, 'DELETE', 'faults')
    expect((await get(kakao, ME)).status).toBe(401)
  })

  test('with a star hits every path that begins so', async () => {
    const kakao = await withFault({ path: '/v2/*', status: 503 })
    expect((await get(kakao, ME)).status).toBe(503)
    expect((await get(kakao, '/v1/oidc/userinfo')).status).toBe(401)
  })

  test('waits behind the one set before it', async () => {
    const kakao = await withFault({ times: 1, status: 502 })
    await control(kakao, 'POST', 'faults', { times: 1, status: 503 })
    expect([(await get(kakao, ME)).status, (await get(kakao, ME)).status]).toEqual([502, 503])
  })

  test('never hits the control surface', async () => {
    const kakao = await withFault({ path: '/*', status: 503 })
    expect((await control(kakao, 'GET', 'faults')).status).toBe(200)
  })

  test('answers with any status, body and content type', async () => {
    const kakao = await withFault({ status: 502, body: '<h1>Bad</h1>', content_type: 'text/html' })
    const response = await get(kakao, ME)
    expect(response.headers.get('content-type')).toBe('text/html')
    expect(await response.text()).toBe('<h1>Bad</h1>')
  })

  test('answers with a body that is not text as JSON', async () => {
    const kakao = await withFault({ body: { token_type: 'bearer' } })
    const response = await get(kakao, ME)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ token_type: 'bearer' })
  })

  test('answers with a status alone as a gateway would', async () => {
    const response = await get(await withFault({ status: 502 }), ME)
    expect(response.headers.get('content-type')).toContain('text/html')
  })

  test('answers with a status that has no body', async () => {
    expect((await get(await withFault({ status: 204 }), ME)).status).toBe(204)
  })

  test('answers with an error of kauth', async () => {
    const kakao = await withFault({ path: '/oauth/token', koe: 'KOE237', status: 429 })
    const response = await post(kakao, '/oauth/token', {})
    expect(response.status).toBe(429)
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'token request rate limit exceeded',
      error_code: 'KOE237',
    })
  })

  test('shows a KOE code to a browser on a page', async () => {
    const response = await get(await withFault({ koe: 'KOE003' }), authorizeUrl())
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('KOE003')
  })

  test.each([
    [{ code: -1 }, 400],
    [{ code: -10 }, 400],
    [{ code: -10, status: 429 }, 429],
    [{ code: -9798 }, 503],
    [{ code: -401 }, 401],
  ])('answers with an error of kapi: %j', async (fault, status) => {
    const response = await get(await withFault(fault), ME)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code: fault.code })
  })

  test('drops the connection, which is status 0 in the journal', async () => {
    const kakao = await withFault({ drop: true })

    await expect(get(kakao, ME)).rejects.toBeInstanceOf(ConnectionDropped)
    await expect(get(kakao, ME)).rejects.toBeInstanceOf(TypeError)
    const journal = await (await control(kakao, 'GET', 'journal')).json()
    expect(journal).toMatchObject({ requests: [{ status: 0 }, { status: 0 }] })
  })

  test('delays the real answer', async () => {
    const waits: number[] = []
    const kakao = createKakaoEmulator({
      sleep: async (milliseconds) => void waits.push(milliseconds),
    })
    await control(kakao, 'POST', 'faults', { delay_ms: 1500 })

    expect((await get(kakao, ME)).status).toBe(401)
    expect(waits).toEqual([1500])
  })

  test('stops waiting when the request is given up', async () => {
    const kakao = await withFault({ delay_ms: 600_000 })
    const given = new AbortController()
    const answer = kakao.fetch(new Request(`http://kakao.test${ME}`, { signal: given.signal }))
    given.abort(new Error('given up'))

    await expect(answer).rejects.toThrow()
  })
})

async function withFault(fault: Record<string, unknown>): Promise<KakaoEmulator> {
  const kakao = createKakaoEmulator()
  const response = await control(kakao, 'POST', 'faults', fault)
  expect(response.status).toBe(200)
  return kakao
}
