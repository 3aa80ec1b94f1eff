import { expect, test } from 'vitest'
import type { KakaoClientOptions, KakaoLane } from '../../src/kakao/index.ts'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/' }
const FULL = { name: 'KakaoUnavailableError', reason: 'too_many_calls', retryAfterMs: 1000 }

test('more calls than allowed are refused at once, until one of the others has ended', async () => {
  const { client, sent, answerAll, calls } = hangingScene(3)
  calls('visitor', 3)

  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(FULL)
  expect(sent).toHaveLength(3)

  await answerAll()
  calls('visitor', 3)
  expect(sent).toHaveLength(6)
  await answerAll()
})

test('there are 100 unless said otherwise', async () => {
  const { client, answerAll, calls } = hangingScene()
  calls('visitor', 100)

  expect(await thrownBy(client.exchangeCode(GRANT))).toMatchObject(FULL)
  await answerAll()
})

test('a call given up leaves its place, whether or not Kakao ever answers', async () => {
  const { client, sent, answerAll } = hangingScene(1)
  const caller = new AbortController()
  const call = client.exchangeCode(GRANT, { signal: caller.signal })
  caller.abort()
  await thrownBy(call)

  const next = client.exchangeCode(GRANT)
  expect(sent).toHaveLength(2)
  await answerAll()
  await next
})

test('each host has its own', async () => {
  const { client, sent, answerAll, calls } = hangingScene(1)
  calls('visitor', 1)

  const me = client.asUser('at-1').getMe()
  expect(sent.map(({ url }) => url.pathname)).toEqual(['/oauth/token', '/v2/user/me'])
  await answerAll()
  await me
})

test.each<[KakaoLane, KakaoLane]>([
  ['visitor', 'background'],
  ['visitor', 'unguarded'],
  ['background', 'visitor'],
  ['background', 'unguarded'],
  ['unguarded', 'visitor'],
  ['unguarded', 'background'],
])('%s calls that fill their room leave the %s ones theirs', async (full, other) => {
  const { client, sent, answerAll, calls } = hangingScene(10)
  calls(full, 10)
  expect(await thrownBy(client.inLane(full).exchangeCode(GRANT))).toMatchObject(FULL)

  calls(other, 10)
  expect(sent).toHaveLength(20)
  await answerAll()
})

test('being full says nothing about Kakao', async () => {
  const { client, answerAll, calls } = hangingScene(1)
  calls('visitor', 1)
  for (let n = 0; n < 8; n += 1) await thrownBy(client.exchangeCode(GRANT))

  expect(client.breakers.kauth).toBe('closed')
  await answerAll()
})

/** A Kakao that keeps its answers back. */
function hangingScene(maxCalls?: number) {
  const held: (() => void)[] = []
  const begun: Promise<unknown>[] = []
  const options: Partial<KakaoClientOptions> = maxCalls === undefined ? {} : { maxCalls }
  const answer = () =>
    new Promise<Response>((resolve) =>
      held.push(() => resolve(json({ access_token: 'at-1', id: 7 }))),
    )
  const { client, sent } = clientAnswered(answer, options)

  return {
    client,
    sent,
    calls(lane: KakaoLane, times: number) {
      for (let n = 0; n < times; n += 1) begun.push(client.inLane(lane).exchangeCode(GRANT))
    },
    async answerAll() {
      for (const release of held.splice(0)) release()
      await Promise.all(begun.splice(0))
    },
  }
}
