import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createKakaoClient, type KakaoClientOptions } from '../../src/kakao/index.ts'
import { clientAnswered, DEAF, json, thrownBy } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/' }

describe('no usable answer', () => {
  test.each([
    ['HTML', 200, 'not_json'],
    ['HTML', 403, 'status'],
    ['HTML', 502, 'status'],
    ['', 200, 'not_json'],
    ['', 500, 'status'],
    ['{"access_token":"at-', 200, 'not_json'],
    ['["access_token"]', 200, 'not_json'],
    ['null', 200, 'not_json'],
    ['{"error":"server_error"}', 503, 'status'],
    ['{"error":"invalid_request"}', 429, 'status'],
  ])('%s with %i: %s', async (body, status, reason) => {
    const page = '<html>Bad gateway</html>'
    const { client } = clientAnswered(() => json(body === 'HTML' ? page : body, status))

    const unavailable = {
      name: 'KakaoUnavailableError',
      fault: 'kakao',
      retryable: true,
      reason,
      status,
    }
    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(unavailable)
    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject(unavailable)
  })

  test('a redirect is not followed', async () => {
    const { client, sent } = clientAnswered(() =>
      Response.redirect('https://elsewhere.example/', 307),
    )

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'redirect' })
    expect(sent).toHaveLength(1)
  })

  test('nor is one that a browser hides', async () => {
    const { client } = clientAnswered(() => Response.error())

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'redirect' })
  })

  test('a failed connection keeps its cause', async () => {
    const cause = new TypeError('fetch failed')
    const { client } = clientAnswered(() => Promise.reject(cause))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'network', cause })
  })

  test('a connection that breaks in the middle is one that failed', async () => {
    const { client } = clientAnswered(() => new Response(brokenStream()))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'network' })
  })

  test('an answer is read up to a megabyte and no further', async () => {
    let served = 0
    const { client } = clientAnswered(() => new Response(endlessStream(() => (served += 1))))

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'too_large' })
    expect(served).toBeLessThan(20)
  })

  test.each([
    ['too_large', 200],
    ['redirect', 302],
  ])('%s is told though the rest cannot be thrown away', async (reason, status) => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(2_000_000)),
      cancel: () => Promise.reject(new Error('too late')),
    })
    const { client } = clientAnswered(() => new Response(body, { status }))
    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason })
  })

  test('a large answer within the limit is read, wherever its parts are cut', async () => {
    const text = '하늘'.repeat(50_000)
    const body = new TextEncoder().encode(JSON.stringify({ id: 1, properties: { text } }))
    const { client } = clientAnswered(() => new Response(inParts(body, 1001)))

    expect((await client.asUser('at-1').getMe()).properties).toEqual({ text })
  })
})

describe('deadlines', () => {
  test('a call ends at its deadline though nothing answers', async () => {
    const client = clientOf({ fetch: DEAF, timeoutMs: 5 })

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'timeout' })
  })

  test.each([Number.POSITIVE_INFINITY, 2 ** 40])(
    'a deadline of %d ms is far off',
    async (timeoutMs) => {
      const client = clientOf({
        fetch: async () => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          return json({ id: 7 })
        },
      })
      expect(await client.asUser('at-1').getMe({ timeoutMs })).toEqual({ id: '7' })
    },
  )

  test('a call that has ended leaves no timer that keeps a process alive', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { client } = clientAnswered(() => json({ access_token: 'at-1' }))

    await client.exchangeCode(GRANT)

    expect(vi.getTimerCount()).toBe(0)
  })

  test('the deadline covers the reading of the answer', async () => {
    const silent = new ReadableStream({ start: () => undefined })
    const client = clientOf({ fetch: async () => new Response(silent), timeoutMs: 5 })

    expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject({ reason: 'timeout' })
  })

  test('the signal handed to fetch goes off with the deadline', async () => {
    let handed: AbortSignal | null | undefined
    const client = clientOf({
      fetch: (_, init) => {
        handed = init?.signal
        return new Promise(() => undefined)
      },
      timeoutMs: 5,
    })

    await thrownBy(client.exchangeCode(GRANT))

    expect(handed?.aborted).toBe(true)
  })

  test("the caller's signal ends a call before its deadline", async () => {
    const caller = new AbortController()
    const client = clientOf({ fetch: DEAF })

    const call = client.exchangeCode(GRANT, { signal: caller.signal })
    caller.abort()

    expect(await thrownBy(call)).toMatchObject({ reason: 'aborted' })
  })

  test("a deadline of the caller's own is told as one", async () => {
    const signal = AbortSignal.timeout(5)
    const client = clientOf({ fetch: DEAF })

    expect(await thrownBy(client.asUser('at-1').getMe({ signal }))).toMatchObject({
      reason: 'timeout',
    })
  })

  test('with a signal that has gone off nothing is sent', async () => {
    const { client, sent } = clientAnswered(() => json({ access_token: 'at-1' }))

    const error = await thrownBy(client.exchangeCode(GRANT, { signal: AbortSignal.abort() }))

    expect(error).toMatchObject({ reason: 'aborted' })
    expect(sent).toEqual([])
  })
})

function clientOf(options: Partial<KakaoClientOptions>) {
  return createKakaoClient({ restApiKey: 'rest-key', ...options })
}

function brokenStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"access_token":'))
      controller.error(new Error('connection reset'))
    },
  })
}

function endlessStream(onPart: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      onPart()
      controller.enqueue(new Uint8Array(100_000).fill(0x20))
    },
  })
}

function inParts(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + size))
      at += size
      if (at >= bytes.length) controller.close()
    },
  })
}
