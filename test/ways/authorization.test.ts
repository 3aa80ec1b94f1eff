import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { login, readJson } from '../_support/login.ts'
import { askSession, loginByRelay, type Tokens } from '../_support/ways.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

/** What a browser sends by itself to a site behind a password. */
const BASIC = { authorization: 'Basic dGVhbTpwYXNzd29yZA==' }

let world: World
let browser: Browser

beforeEach(async () => {
  world = await createWorld()
  browser = world.browser()
  await login(world, browser, HANEUL)
})
afterEach(() => world.close())

describe("a proxy's password", () => {
  test('does not hide the cookie', async () => {
    expect((await browser.get('/session/', BASIC)).status).toBe(200)
    expect((await browser.get('/auth/verify/', BASIC)).status).toBe(200)
  })

  test('is no proof that a page of ours asks', async () => {
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const response = await browser.post('/logout/', undefined, { ...elsewhere, ...BASIC })

    expect(response.status).toBe(403)
    expect(response.headers.getSetCookie()).toEqual([])
    expect((await browser.get('/session/')).status).toBe(200)
  })
})

describe('a bearer token beside a cookie', () => {
  let tokens: Tokens

  beforeEach(async () => {
    tokens = await loginByRelay(world)
  })

  test('logs out its own session, and leaves the one of the cookie', async () => {
    const authorization = `Bearer ${tokens.access_token}`
    const response = await browser.post('/logout/', undefined, { authorization })

    expect(await readJson(response)).toEqual({ sessions_ended: 1 })
    expect((await askSession(world, tokens.access_token)).status).toBe(401)
    expect((await browser.get('/session/')).status).toBe(200)
  })

  test.each(['Bearer', 'Bearer ', 'bearer x y', 'Bearer "quoted"'])(
    '%j helps nobody',
    async (authorization) => {
      const response = await browser.get('/session/', { authorization })
      expect(response.status).toBe(401)
    },
  )
})
