import { afterEach, beforeEach, expect, test } from 'vitest'
import { login } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const TALK = { 'user-agent': 'Mozilla/5.0 (iPhone) Mobile/15E148 KAKAOTALK 11.2.0' }
let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

test('a guest in KakaoTalk is tried once, silently, and then sees the page', async () => {
  const browser = world.browser()
  const first = await browser.get('/', TALK)
  expect(first.status).toBe(302)
  const start = new URL(first.headers.get('location') ?? '')
  expect(Object.fromEntries(start.searchParams)).toEqual({ next: '/', prompt: 'none' })

  const toKakao = await browser.get(start, TALK)
  const callback = await world.kakao.authorize(toKakao.headers.get('location') ?? '', HANEUL)
  const back = await browser.get(callback, TALK)
  expect(back.headers.get('location')).toBe('/')

  expect((await browser.get('/', TALK)).status).toBe(200)
})

test('who is linked and signed in at Kakao comes in unasked', async () => {
  await login(world, world.browser(), HANEUL)
  const browser = world.browser()
  const first = await browser.get('/', TALK)
  const toKakao = await browser.get(first.headers.get('location') ?? '', TALK)
  await browser.get(await world.kakao.authorize(toKakao.headers.get('location') ?? '', HANEUL))

  expect((await browser.get('/session/')).status).toBe(200)
  expect((await browser.get('/', TALK)).status).toBe(200)
})

test('who logs out stays out, however they came in', async () => {
  const browser = world.browser()
  await login(world, browser, HANEUL)
  await browser.post('/logout/', undefined, TALK)

  expect((await browser.get('/', TALK)).status).toBe(200)
})

test('in any other browser, and behind the button, nobody is tried', async () => {
  expect((await world.browser().get('/')).status).toBe(200)
  const start = await world.browser().get('/oauth/kakao/login/', TALK)
  expect(start.headers.get('location')).not.toContain('prompt')
})
