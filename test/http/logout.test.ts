import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const FORM = 'application/x-www-form-urlencoded'

let world: World
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  browser = world.browser()
  await login(world, browser, HANEUL)
})
afterEach(() => world.close())

async function isSignedIn(): Promise<boolean> {
  return (await browser.get('/session/')).status === 200
}

describe('a form in a browser', () => {
  test.each([
    ['', '/'],
    ['/bye?x=1', '/bye?x=1'],
  ])('with next=%j leads to %s', async (next, location) => {
    const response = await browser.post('/logout/', new URLSearchParams({ next }), {
      accept: 'text/html',
    })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(location)
    expect(await isSignedIn()).toBe(false)
  })
})

describe('a bad request ends no session', () => {
  test.each<[string, string | URLSearchParams, string, number, string]>([
    ['broken JSON', '{', 'application/json', 400, 'parameter_invalid'],
    ['an array', '[]', 'application/json', 400, 'parameter_invalid'],
    [
      'everywhere of another type',
      '{"everywhere":1}',
      'application/json',
      400,
      'parameter_invalid',
    ],
    ['an unknown kakao', '{"kakao":"maybe"}', 'application/json', 400, 'parameter_invalid'],
    ['next elsewhere', '{"next":"//evil.example"}', 'application/json', 400, 'next_not_allowed'],
    ['a field twice', 'next=/a&next=/b', FORM, 400, 'duplicate_parameter'],
    ['plain text', 'everywhere', 'text/plain', 415, 'unsupported_media_type'],
    ['64 KB and a byte', `"${'x'.repeat(65_535)}"`, 'application/json', 413, 'body_too_large'],
  ])('%s', async (_title, body, type, status, code) => {
    const response = await browser.post('/logout/', body, { 'content-type': type })

    expect(response.status).toBe(status)
    expect(await readJson(response)).toMatchObject({ status, code })
    expect(await isSignedIn()).toBe(true)
  })

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site, by an old browser', { origin: 'https://evil.example' }],
    ['a sibling site that fakes nothing', { 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['no origin at all', { origin: '' }],
  ])('from %s', async (_title, headers) => {
    const response = await browser.post('/logout/', undefined, headers)

    expect(response.status).toBe(403)
    expect(await readJson(response)).toMatchObject({ code: 'cross_site' })
    expect(await isSignedIn()).toBe(true)
  })

  test('GET', async () => {
    const response = await browser.get('/logout/')

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await readJson(response)).toMatchObject({ code: 'method_not_allowed' })
    expect(await isSignedIn()).toBe(true)
  })
})
