import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { login } from '../_support/login.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'
import { failUnlinks, leave } from '../withdrawal/_support/leaving.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`
const HEX_32 = /^[\da-f]{32}$/

let world: World
beforeEach(async () => {
  world = await createWorld({ environment: { KAKAO_ADMIN_KEY: 'demo-admin-key' } })
  world.log.length = 0
})
afterEach(() => world.close())

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a problem leaves one line', () => {
  test.each<[string, number, (world: World) => Promise<Response>]>([
    ['no such path', 404, (w) => w.browser().get('/nowhere')],
    ['another method', 405, (w) => w.browser().get('/logout/')],
    ['a callback of nobody', 400, (w) => w.browser().get('/oauth/kakao/login/callback/?code=c')],
    ['nobody signed in', 401, (w) => w.browser().get('/me/')],
    ['a query too long', 414, (w) => w.browser().get(`/?q=${'x'.repeat(9000)}`)],
    ['a body too large', 413, (w) => w.browser().post('/logout/', 'x'.repeat(70_000))],
    ['an OAuth error', 400, (w) => w.browser().post('/oauth/token/', 'grant_type=x', FORM)],
    ['an unlink webhook of nobody', 401, (w) => w.browser().post('/webhooks/kakao/unlink/', 'a=b')],
    ['a forged event token', 400, (w) => w.browser().post('/webhooks/kakao/account-status/', 'x')],
    ['the page of a problem', 404, (w) => w.browser().get('/nowhere', { accept: 'text/html' })],
  ])('%s', async (_name, status, ask) => {
    const answer = await ask(world)

    expect(answer.status).toBe(status)
    const lines = world.log.filter((line) => 'status' in line)
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        time: expect.stringMatching(/Z$/),
        msg: expect.any(String),
        status,
        code: expect.any(String),
        request_id: answer.headers.get('x-request-id'),
        trace_id: expect.stringMatching(HEX_32),
      }),
    ])
  })
})

describe('the path of a line', () => {
  const { id } = HANEUL
  const pathOf = async (ask: (browser: Browser) => Promise<Response>) => {
    await ask(world.browser())
    return world.log.find((line) => 'status' in line)?.path
  }

  test('is what was asked for', async () => {
    expect(await pathOf((browser) => browser.get('/Nowhere/here?code=c'))).toBe('/Nowhere/here')
  })

  test.each<[string, (browser: Browser) => Promise<Response>]>([
    ['nobody is signed in', (browser) => browser.delete(`/me/identities/kakao_${id}/`)],
    ['another method', (browser) => browser.post(`/me/identities/kakao_${id}`)],
    [
      'a query too long',
      (browser) => browser.delete(`/me/identities/kakao_${id}/?q=${'x'.repeat(9000)}`),
    ],
  ])('names no person: %s', async (_name, ask) => {
    expect(await pathOf(ask)).toMatch(/^\/me\/identities\/:\w+$/)
    expect(JSON.stringify(world.log)).not.toContain(id)
  })
})

describe('the trace of a line', () => {
  const traceOf = async (traceparent: string) => {
    world.log.length = 0
    await world.browser().get('/nowhere', { traceparent })
    return world.log[0]?.trace_id
  }

  test('is the one that the request is part of', async () => {
    expect(await traceOf(TRACEPARENT)).toBe(TRACE)
    expect(await traceOf(TRACEPARENT.replace(/01$/, '00'))).toBe(TRACE)
    expect(await traceOf(`${TRACEPARENT.replace(/^00/, '01')}-more`)).toBe(TRACE)
  })

  test.each([
    ['', 'nothing'],
    [`${TRACEPARENT}-more`, 'more than this version has'],
    [TRACEPARENT.replace(/^00/, 'ff'), 'a version that is none'],
    [TRACEPARENT.toUpperCase(), 'capitals'],
    [TRACEPARENT.replace(TRACE, '0'.repeat(32)), 'a trace of zeros'],
    [TRACEPARENT.replace('00f067aa0ba902b7', '0'.repeat(16)), 'a span of zeros'],
    [TRACEPARENT.slice(1), 'too little'],
    [`${TRACEPARENT}, ${TRACEPARENT}`, 'two of them'],
    [`${TRACEPARENT.replace(/^00/, '01')}more`, 'no dash'],
    ['"; drop', 'garbage'],
  ])('is a new one for %j: %s', async (traceparent) => {
    const trace = await traceOf(traceparent)

    expect(trace).toMatch(HEX_32)
    expect(trace).not.toBe(TRACE)
    expect(await traceOf(traceparent)).not.toBe(trace)
  })
})

test('the id of a request is ours, whatever it brings', async () => {
  const answer = await world.browser().get('/nowhere', { 'x-request-id': 'theirs' })

  expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f]{24}$/)
  expect(JSON.stringify(world.log)).not.toContain('theirs')
})

test('a line about work behind the answers has a trace, and no request that it is no part of', async () => {
  await failUnlinks(world, { status: 500, times: 10 })
  const browser = world.browser()
  await login(world, browser, HANEUL)
  const done = new Promise<void>((resolve) => {
    // Called while the request is under way, as a wake is.
    world.daemun.on('user.withdrawn', async () => {
      await world.daemun.work()
      resolve()
    })
  })
  await leave(browser)
  await done

  const line = world.log.find(({ job }) => job === 'unlink')
  expect(line).toMatchObject({ level: 'warn', trace_id: expect.stringMatching(HEX_32) })
  expect(line).not.toHaveProperty('request_id')
})
