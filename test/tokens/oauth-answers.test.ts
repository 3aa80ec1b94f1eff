import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readJson } from '../_support/login.ts'
import { loginByRelay, refresh } from '../_support/ways.ts'
import { createWorld, type World } from '../_support/world.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

async function send(path: string, init: RequestInit): Promise<Response> {
  return await world.daemun.fetch(new Request(new URL(path, 'http://localhost:8000'), init))
}

async function post(path: string, body: string, headers: Record<string, string> = FORM) {
  return await send(path, { method: 'POST', body, headers })
}

/** RFC 6749, sections 5.1 and 5.2. */
function expectUncached(response: Response): void {
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('pragma')).toBe('no-cache')
  expect(response.headers.get('content-type')).toBe('application/json')
}

test('tokens are kept by no cache', async () => {
  const { refresh_token } = await loginByRelay(world)
  const response = await refresh(world, refresh_token)

  expect(response.status).toBe(200)
  expectUncached(response)
})

describe.each(['/oauth/token/', '/oauth/revoke/'])('an error of %s is one of RFC 6749', (path) => {
  test.each<[string, () => Promise<Response>, number, string]>([
    ['GET', () => send(path, { method: 'GET' }), 405, 'method_not_allowed'],
    ['PUT', () => send(path, { method: 'PUT', body: 'x' }), 405, 'method_not_allowed'],
    ['no body', () => send(path, { method: 'POST' }), 415, 'unsupported_media_type'],
    [
      'JSON',
      () => post(path, '{}', { 'content-type': 'application/json' }),
      415,
      'unsupported_media_type',
    ],
    ['an empty form', () => post(path, ''), 400, 'parameter_invalid'],
    ['a parameter twice', () => post(path, 'token=a&token=b'), 400, 'duplicate_parameter'],
    ['an unknown one twice', () => post(path, 'x=&x='), 400, 'duplicate_parameter'],
    ['parameters in the query', () => post(`${path}?token=a`, ''), 400, 'parameter_invalid'],
    ['a long query', () => post(`${path}?${'x'.repeat(8192)}`, ''), 414, 'query_too_long'],
    ['a long body', () => post(path, 'x'.repeat(65_537)), 413, 'body_too_large'],
  ])('%s', async (_title, ask, status, code) => {
    const response = await ask()
    const body = await readJson(response)

    expect(response.status).toBe(status)
    expectUncached(response)
    expect(response.headers.get('allow')).toBe(status === 405 ? 'POST' : null)
    expect(body).toEqual({
      error: 'invalid_request',
      // Neither quotes nor a backslash, and no advice for visitors.
      error_description: expect.stringMatching(/^(?!.*front page)[\x20\x21\x23-\x5b\x5d-\x7e]+$/),
      code,
      request_id: expect.any(String),
    })
  })

  test('to a browser too', async () => {
    const response = await post(path, '', { ...FORM, accept: 'text/html' })
    expectUncached(response)
  })
})

test.each([
  'refresh_token=%00%ff',
  'refresh_token=%E0%A4%A',
  `refresh_token=${'x'.repeat(60_000)}`,
])('rubbish is a grant refused: %.30s', async (fields) => {
  const response = await post('/oauth/token/', `grant_type=refresh_token&${fields}`)
  expect(response.status).toBe(400)
  expect(await readJson(response)).toMatchObject({ error: 'invalid_grant' })
})

test('a client that says who it is, and asks for a scope, is served all the same', async () => {
  const { refresh_token } = await loginByRelay(world)
  const response = await post(
    '/oauth/token/',
    `grant_type=refresh_token&refresh_token=${refresh_token}&client_id=app&client_secret=s&scope=x`,
    {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      authorization: 'Basic eDp5',
    },
  )
  expect(response.status).toBe(200)
})

test('a revocation may hint at any type of token, and may be repeated', async () => {
  const { refresh_token } = await loginByRelay(world)
  for (const hint of ['access_token', 'nonsense', 'refresh_token']) {
    const response = await post('/oauth/revoke/', `token=${refresh_token}&token_type_hint=${hint}`)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(response.headers.get('cache-control')).toBe('no-store')
  }
})

test("a revocation ends the session of its token, and nobody else's", async () => {
  const [mine, other] = [await loginByRelay(world), await loginByRelay(world)]
  await post('/oauth/revoke/', `token=${mine.refresh_token}`)

  expect((await refresh(world, mine.refresh_token)).status).toBe(400)
  expect((await refresh(world, other.refresh_token)).status).toBe(200)
})
