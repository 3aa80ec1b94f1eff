import { describe, expect, test, vi } from 'vitest'
import type {
  CallOptions,
  KakaoBreakerChange,
  KakaoClient,
  KakaoClientOptions,
  KakaoLane,
} from '../../src/kakao/index.ts'
import { type Answer, clientAnswered, DEAF, json, NOON, thrownBy } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/' }
const FINE: Answer = () => json({ access_token: 'at-1', id: 7 })
const RESET: Answer = () => Promise.reject(new TypeError('fetch failed'))
const OPEN = { name: 'KakaoUnavailableError', reason: 'breaker_open' }

describe('five in a row open the breaker', () => {
  test.each<[string, Answer]>([
    ['broken connections', RESET],
    ['500', () => new Response('', { status: 500 })],
    ['503 with a code', () => json({ error: 'x', error_code: 'KOE9798' }, 503)],
    ['429', () => new Response('', { status: 429 })],
    ['429 with a code', () => json({ error: 'x', error_code: 'KOE999' }, 429)],
    ['HTML', () => new Response('<h1>점검 중</h1>')],
    ['broken JSON', () => new Response('{"access_token": "a')],
    ['redirects', () => Response.redirect('https://elsewhere.example/')],
    ['answers that break off', () => new Response(brokenStream(), { status: 400 })],
  ])('%s', async (_title, failure) => {
    const { client, sent, failToLogIn } = scene(failure)
    await failToLogIn(5)

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({
      ...OPEN,
      retryAfterMs: 5000,
    })
    expect(sent).toHaveLength(5)
  })

  test('deadlines that pass', async () => {
    let ticks = 0
    const tick = () => ticks++
    const { client, failToLogIn } = scene(FINE, { fetch: DEAF, tick, timeoutMs: 1 })
    await failToLogIn(5)

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(OPEN)
  })
})

describe('a deadline that passes, of which others had used up a part', () => {
  let ticks = 0
  const tick = () => ticks

  /** All calls of a request share its time: this one was left so much. */
  async function timeOut({ client }: Scene, leftMs: number, call: CallOptions = {}): Promise<void> {
    const shared = new AbortController()
    const me = client.asUser('at-1').getMe({ ...call, signal: shared.signal })
    ticks += leftMs
    shared.abort(new DOMException('over', 'TimeoutError'))
    expect(await thrownBy(me)).toMatchObject({ reason: 'timeout' })
  }

  test.each<[string, CallOptions, number]>([
    ['the deadline', {}, 2500],
    ["the call's own, which is shorter", { timeoutMs: 1000 }, 500],
    ["the client's, where the call has none", { timeoutMs: Number.POSITIVE_INFINITY }, 2500],
  ])('counts for a host that had half of %s', async (_title, call, halfMs) => {
    const world = scene(FINE, { fetch: DEAF, tick, timeoutMs: 5000 })
    for (let n = 0; n < 4; n += 1) await timeOut(world, halfMs, call)
    for (let n = 0; n < 8; n += 1) await timeOut(world, halfMs - 1, call)
    expect(world.client.breakers.kapi).toBe('closed')

    await timeOut(world, halfMs, call)
    expect(world.client.breakers.kapi).toBe('open')
  })

  test('is no verdict on a host that is tried: the next one tries', async () => {
    const world = scene(FINE, { fetch: DEAF, tick, timeoutMs: 5000 })
    for (let n = 0; n < 5; n += 1) await timeOut(world, 2500)
    world.advance(5000)
    await timeOut(world, 2499)

    expect(world.client.breakers.kapi).toBe('half_open')
    await timeOut(world, 2500)
    expect(world.client.breakers.kapi).toBe('open')
  })
})

describe('no number of them opens the breaker', () => {
  test.each<[string, Answer]>([
    ['KOE320', () => json({ error: 'invalid_grant', error_code: 'KOE320' }, 400)],
    ['KOE101', () => json({ error: 'invalid_client', error_code: 'KOE101' }, 401)],
    ['KOE237', () => json({ error: 'invalid_request', error_code: 'KOE237' }, 400)],
    ['KOE237 with 429', () => json({ error: 'invalid_request', error_code: 'KOE237' }, 429)],
    ['403 with HTML', () => new Response('<h1>Forbidden</h1>', { status: 403 })],
    ['404 without a body', () => new Response('', { status: 404 })],
    ['answers without a token', () => json({})],
  ])('%s', async (_title, answer) => {
    const { sent, failToLogIn } = scene(answer)
    await failToLogIn(8)

    expect(sent).toHaveLength(8)
  })

  test('what breaks on our side', async () => {
    const { client } = scene(FINE, { fetch: async () => Object.create(null) })
    for (let n = 0; n < 8; n += 1) {
      expect(await thrownBy(client.exchangeCode(GRANT))).toBeInstanceOf(TypeError)
    }
    expect(client.breakers.kauth).toBe('closed')
  })

  test('callers who give up', async () => {
    const { client } = scene(FINE, { fetch: DEAF })
    for (let n = 0; n < 8; n += 1) {
      const caller = new AbortController()
      const call = client.exchangeCode(GRANT, { signal: caller.signal })
      caller.abort()
      expect(await thrownBy(call)).toMatchObject({ reason: 'aborted' })
    }
    expect(client.breakers.kauth).toBe('closed')
  })
})

test('an answer in between, be it a refusal, begins the row anew', async () => {
  const world = scene(RESET)
  await world.failToLogIn(4)
  world.answer = () => json({ error: 'invalid_grant', error_code: 'KOE320' }, 400)
  await world.failToLogIn(1)
  world.answer = RESET
  await world.failToLogIn(4)

  expect(world.client.breakers.kauth).toBe('closed')
})

test('the hosts do not answer for each other', async () => {
  const { client, changes, failToLogIn } = scene(RESET)
  await failToLogIn(5)

  expect(client.breakers).toEqual({ kauth: 'open', kapi: 'closed' })
  const getMe = () => thrownBy(client.asUser('at-1').getMe({ retries: 0 }))
  for (let n = 0; n < 5; n += 1) expect(await getMe()).toMatchObject({ reason: 'network' })
  expect(await getMe()).toMatchObject(OPEN)
  expect(changes.map(({ host }) => host)).toEqual(['kauth', 'kapi'])
})

test('each repetition counts, and none is made past an open breaker', async () => {
  const { client, sent } = scene(RESET)
  const getMe = () => thrownBy(client.asUser('at-1').getMe())

  expect(await getMe()).toMatchObject({ reason: 'network' })
  expect(await getMe()).toMatchObject(OPEN)
  expect(sent).toHaveLength(5)
})

describe('an open breaker', () => {
  test('is not waited for', async () => {
    const sleep = vi.fn()
    const { client, failToLogIn } = scene(RESET, { sleep })
    await failToLogIn(5)

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(OPEN)
    expect(sleep).not.toHaveBeenCalled()
  })

  test('says how long it still is', async () => {
    const world = await openScene()
    world.advance(1800)

    expect(await thrownBy(world.client.exchangeCode(GRANT))).toMatchObject({ retryAfterMs: 3200 })
  })

  test('after five seconds lets one call try, whose success closes it', async () => {
    const world = await openScene()
    world.advance(5000)
    expect(world.client.breakers.kauth).toBe('half_open')

    const trial = hold(world)
    const call = world.client.exchangeCode(GRANT)
    expect(await thrownBy(world.client.exchangeCode(GRANT))).toMatchObject(OPEN)
    expect(world.client.breakers.kauth).toBe('half_open')
    trial.end(FINE())
    await call

    expect(world.client.breakers.kauth).toBe('closed')
    expect(world.changes).toEqual([
      { host: 'kauth', state: 'open' },
      { host: 'kauth', state: 'closed' },
    ])
  })

  test('closes on a refusal too: whoever refuses is there', async () => {
    const world = await openScene()
    world.advance(5000)
    world.answer = () => json({ error: 'invalid_grant', error_code: 'KOE320' }, 400)
    await world.failToLogIn(1)

    expect(world.client.breakers.kauth).toBe('closed')
  })

  test('stays open for five more after one that failed', async () => {
    const world = await openScene()
    world.advance(5000)
    await world.failToLogIn(1)

    expect(world.client.breakers.kauth).toBe('open')
    world.advance(4999)
    expect(await thrownBy(world.client.exchangeCode(GRANT))).toMatchObject({
      ...OPEN,
      retryAfterMs: 1,
    })
    world.advance(1)
    world.answer = FINE
    await world.client.exchangeCode(GRANT)
    expect(world.changes).toHaveLength(2)
  })

  test('after a caller who gave up lets the next one try', async () => {
    const world = await openScene()
    world.advance(5000)
    const caller = new AbortController()
    hold(world)
    const call = world.client.exchangeCode(GRANT, { signal: caller.signal })
    caller.abort()
    await thrownBy(call)

    world.answer = FINE
    await world.client.exchangeCode(GRANT)
    expect(world.client.breakers.kauth).toBe('closed')
  })

  test('while one hangs lets another one try every five seconds', async () => {
    const world = await openScene()
    world.advance(5000)
    hold(world)
    const hanging = world.client.exchangeCode(GRANT)
    hanging.catch(() => undefined)
    world.advance(4999)
    expect(await thrownBy(world.client.exchangeCode(GRANT))).toMatchObject(OPEN)

    world.advance(1)
    world.answer = FINE
    await world.client.exchangeCode(GRANT)
    expect(world.client.breakers.kauth).toBe('closed')
  })

  test('once closed is not opened by what was sent before and hangs still', async () => {
    const world = scene(RESET)
    const hung: ReturnType<typeof hold>[] = []
    const calls: Promise<unknown>[] = []
    for (let n = 0; n < 6; n += 1) {
      hung.push(hold(world))
      calls.push(thrownBy(world.client.exchangeCode(GRANT)))
    }
    world.answer = RESET
    await world.failToLogIn(5)
    world.advance(5000)
    world.answer = FINE
    await world.client.exchangeCode(GRANT)

    for (const { end } of hung) end(Promise.reject(new TypeError('fetch failed')))
    await Promise.all(calls)

    expect(world.client.breakers.kauth).toBe('closed')
    world.answer = RESET
    await world.failToLogIn(5)
    expect(world.client.breakers.kauth).toBe('open')
  })

  test.each([-3_600_000, 3_600_000])('survives a clock that jumps by %i ms', async (ms) => {
    const world = await openScene()
    world.advance(ms)
    world.answer = FINE

    await world.client.exchangeCode(GRANT)
    expect(world.client.breakers.kauth).toBe('closed')
  })
})

describe('unguarded calls', () => {
  test('do not open it', async () => {
    const { client, sent, failToLogIn } = scene(RESET)
    await failToLogIn(8, 'unguarded')

    expect(sent).toHaveLength(8)
    expect(client.breakers.kauth).toBe('closed')
  })

  test('do not heed it, and their success does not close it', async () => {
    const world = await openScene()
    world.answer = FINE
    await world.client.inLane('unguarded').exchangeCode(GRANT)

    expect(world.client.breakers.kauth).toBe('open')
  })

  test('the key set makes them: it is to be had though logins fail', async () => {
    const world = await openScene()
    await thrownBy(world.client.keys.warm())

    expect(world.sent.at(-1)?.url.pathname).toBe('/.well-known/jwks.json')
  })
})

test('calls behind the answers heed it and count for it', async () => {
  const { client, sent, failToLogIn } = scene(RESET)
  await failToLogIn(5, 'background')

  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(OPEN)
  await failToLogIn(1, 'background')
  expect(sent).toHaveLength(5)
})

interface Scene {
  readonly client: KakaoClient
  readonly sent: readonly { readonly url: URL }[]
  readonly changes: readonly KakaoBreakerChange[]
  answer: Answer
  advance(ms: number): void
  failToLogIn(times: number, lane?: KakaoLane): Promise<void>
}

function scene(answer: Answer, options: Partial<KakaoClientOptions> = {}): Scene {
  let time = NOON.getTime()
  const changes: KakaoBreakerChange[] = []
  const { client, sent } = clientAnswered(() => world.answer(), {
    now: () => new Date(time),
    onBreaker: (change) => changes.push(change),
    ...options,
  })
  const world: Scene = {
    client,
    sent,
    changes,
    answer,
    advance(ms) {
      time += ms
    },
    async failToLogIn(times, lane = 'visitor') {
      for (let n = 0; n < times; n += 1) await thrownBy(client.inLane(lane).exchangeCode(GRANT))
    },
  }
  return world
}

async function openScene(): Promise<Scene> {
  const world = scene(RESET)
  await world.failToLogIn(5)
  return world
}

/** Keeps the next answer back. */
function hold(world: Scene): { end(response: Response | Promise<Response>): void } {
  const { promise, resolve } = Promise.withResolvers<Response>()
  world.answer = () => promise
  return { end: resolve }
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"error":'))
      controller.error(new Error('connection reset'))
    },
  })
}
