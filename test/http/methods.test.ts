import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { goToKakao, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

async function ask(method: string, path: string | URL, headers: Record<string, string> = {}) {
  const url = new URL(path, 'http://localhost:8000')
  return await world.daemun.fetch(new Request(url, { method, headers }))
}

describe('HEAD', () => {
  test('at the callback is refused, and spends no code', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')

    const response = await ask('HEAD', callback, { cookie })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
    expect(response.headers.getSetCookie()).toEqual([])
    expect(world.takeCallsToKakao()).toEqual([])
    expect((await browser.get(callback)).status).toBe(200)
  })

  test('begins no login', async () => {
    const response = await ask('HEAD', '/oauth/kakao/login/?next=/')

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test.each([
    '/webhooks/kakao/unlink/',
    '/oauth/kakao/consent/?scope=account_email',
    '/oauth/kakao/link/',
  ])('does nothing at %s', async (path) => {
    const response = await ask('HEAD', path)

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).not.toContain('HEAD')
  })

  test('of the front page is no visit in KakaoTalk', async () => {
    const talk = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile/15E148 KAKAOTALK 11.2.0' }

    const response = await ask('HEAD', '/', talk)

    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie()).toEqual([])
  })

  test.each(['/', '/healthz', '/readyz', '/.well-known/jwks.json'])(
    'of %s is answered as GET is, without a body',
    async (path) => {
      const [head, get] = [await ask('HEAD', path), await ask('GET', path)]

      expect(head.status).toBe(200)
      expect(await head.text()).toBe('')
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    },
  )
})

describe('a method that a path does not have', () => {
  test.each([
    ['OPTIONS', '/session/', 'GET, HEAD'],
    ['PUT', '/session/', 'GET, HEAD'],
    ['TRACE', '/', 'GET, HEAD'],
    ['QUERY', '/oauth/token/', 'POST'],
    ['HEAD', '/logout/', 'POST'],
    ['GET', '/oauth/revoke/', 'POST'],
    ['PATCH', '/me/sessions/ses_x/', 'DELETE'],
  ])('%s %s: 405, and the ones that it has', async (method, path, allowed) => {
    // What `fetch` does not let a page send may still come over a socket.
    const request = new Request(new URL(path, 'http://localhost:8000'))
    Object.defineProperty(request, 'method', { value: method })
    const response = await world.daemun.fetch(request)

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allowed)
    if (method !== 'HEAD') {
      expect(await readJson(response)).toMatchObject({ code: 'method_not_allowed' })
    }
  })

  test.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
    'is not to be had by %s',
    async (header) => {
      expect((await ask('POST', '/session/', { [header]: 'GET' })).status).toBe(405)
      expect((await ask('GET', '/logout/', { [header]: 'POST' })).status).toBe(405)
    },
  )
})
