import { describe, expect, test } from 'vitest'
import type { CallOptions } from '../../src/kakao/index.ts'
import { type Answer, clientAnswered, DEAF, json, NOON, thrownBy } from './_support/fake-kakao.ts'

const FINE: Answer = () => json({ id: 7 })
const RESET: Answer = () => Promise.reject(new TypeError('fetch failed'))

describe('a call that only reads is made again after', () => {
  test.each<[string, Answer]>([
    ['-1', () => json({ msg: 'internal', code: -1 }, 400)],
    ['-7', () => json({ msg: 'maintenance', code: -7 }, 400)],
    ['502 with HTML', () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
    ['503 without a body', () => new Response('', { status: 503 })],
    ['503 with a code', () => json({ msg: 'maintenance', code: -9798 }, 503)],
    ['504', () => json({}, 504)],
    ['a connection that broke before an answer', RESET],
  ])('%s', async (_, failure) => {
    const { getMe, sent } = scene([failure, failure, FINE])

    expect(await getMe()).toEqual({ id: '7' })
    expect(sent).toHaveLength(3)
  })
})

describe('a call is not made again after', () => {
  test.each<[string, Answer]>([
    ['-401', () => json({ msg: 'gone', code: -401 }, 401)],
    ['-10', () => json({ msg: 'limit', code: -10 }, 400)],
    ['429', () => new Response('', { status: 429 })],
    ['500', () => new Response('', { status: 500 })],
    ['HTML', () => new Response('<h1>Hello</h1>')],
    ['a redirect', () => Response.redirect('https://elsewhere.example/')],
    ['an answer without an id', () => json({})],
    ['a connection that broke in the middle', () => new Response(brokenStream())],
  ])('%s', async (_, failure) => {
    const { getMe, sent } = scene([failure, FINE])

    await thrownBy(getMe())
    expect(sent).toHaveLength(1)
  })
})

test('the third failure is told', async () => {
  const { getMe, sent } = scene([
    RESET,
    RESET,
    () => json({ msg: 'internal', code: -1 }, 400),
    FINE,
  ])

  expect(await thrownBy(getMe())).toMatchObject({ name: 'KapiError', kakaoCode: -1 })
  expect(sent).toHaveLength(3)
})

test('the waits grow, each anywhere from nothing up to its most', async () => {
  const { getMe, waits } = scene([RESET, RESET, FINE], { random: [0.5, 0.75] })

  await getMe()

  expect(waits).toEqual([100, 300])
})

describe('where Kakao says how long to wait, a call is made again', () => {
  const answering503 = (wait: string): Answer => {
    const headers = { 'retry-after': wait }
    return () => new Response('', { status: 503, headers })
  }

  test('no sooner', async () => {
    const { getMe, sent, waits } = scene([answering503('2'), FINE], { random: [0.5] })

    expect(await getMe()).toEqual({ id: '7' })
    expect(sent).toHaveLength(2)
    expect(waits).toEqual([2000])
  })

  test('not at all when that would pass the deadline', async () => {
    const { getMe, sent, waits } = scene([answering503('5'), FINE])

    expect(await thrownBy(getMe())).toMatchObject({ reason: 'status', retryAfterMs: 5000 })
    expect(sent).toHaveLength(1)
    expect(waits).toEqual([])
  })

  test('after a wait of our own when there is nothing to wait for', async () => {
    const { getMe, waits } = scene([answering503('0'), FINE], { random: [0.5] })

    await getMe()
    expect(waits).toEqual([100])
  })
})

test.each([
  [0, 1],
  [1, 2],
  [2, 3],
  [Number.NaN, 1],
])('a caller may ask for %i retries', async (retries, calls) => {
  const { getMe, sent } = scene([RESET, RESET, RESET, FINE])

  await thrownBy(getMe({ retries }))
  expect(sent).toHaveLength(calls)
})

test('a wait that would pass the deadline is not begun', async () => {
  const { getMe, sent, waits } = scene([RESET, FINE], { random: [0.5] })

  expect(await thrownBy(getMe({ timeoutMs: 100 }))).toMatchObject({ reason: 'network' })
  expect(sent).toHaveLength(1)
  expect(waits).toEqual([])
})

test('the deadline runs over all attempts together', async () => {
  const { getMe, sent } = scene([RESET, RESET, FINE], { random: [0.5, 0.5], timeoutMs: 250 })

  expect(await thrownBy(getMe())).toMatchObject({ reason: 'network' })
  expect(sent).toHaveLength(2)
})

test('who gives up while waiting ends it', async () => {
  const caller = new AbortController()
  const { client, sent } = clientAnswered(RESET, {
    sleep: async () => caller.abort(),
  })

  const call = client.asUser('at-1').getMe({ signal: caller.signal })

  expect(await thrownBy(call)).toMatchObject({ reason: 'aborted' })
  expect(sent).toHaveLength(1)
})

test("a call's own deadline goes before the client's", async () => {
  const { client } = clientAnswered(FINE, { fetch: DEAF, timeoutMs: 60_000 })

  expect(await thrownBy(client.asUser('at-1').getMe({ timeoutMs: 5 }))).toMatchObject({
    reason: 'timeout',
  })
})

/** A client whose clock moves with its waits, and whose answers come in turn. */
function scene(
  answers: readonly Answer[],
  { random = [], timeoutMs = 5000 }: { random?: readonly number[]; timeoutMs?: number } = {},
) {
  const left = [...answers]
  const chances = [...random]
  const waits: number[] = []
  const { client, sent } = clientAnswered(async () => await (left.shift() ?? FINE)(), {
    now: () => new Date(NOON.getTime() + waits.reduce((sum, ms) => sum + ms, 0)),
    random: () => chances.shift() ?? 0,
    sleep: async (ms) => void waits.push(ms),
    timeoutMs,
  })
  return { getMe: (call?: CallOptions) => client.asUser('at-1').getMe(call), sent, waits }
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"id":'))
      controller.error(new Error('connection reset'))
    },
  })
}
