import { expect, test } from 'vitest'
import { KAKAO_ENDPOINTS, type KakaoRequestReport } from '../../src/kakao/index.ts'
import { CLIENT_CALLS } from './_support/client-calls.ts'
import { type Answer, clientAnswered, DEAF, json, NOON } from './_support/fake-kakao.ts'

const GRANT = { code: 'c0de', redirectUri: 'http://localhost:8000/cb/' }
const RESET: Answer = () => Promise.reject(new TypeError('fetch failed'))

test.each<[string, Answer, string]>([
  ['an answer', () => json({ access_token: 'at-1' }), 'ok'],
  ['a refusal', () => json({ error: 'invalid_grant', error_code: 'KOE320' }, 400), 'refused'],
  ['a mistake of ours', () => json({ error: 'invalid_client' }, 401), 'refused'],
  ['a trouble of its own', () => json({ error: 'x', error_code: 'KOE237' }, 400), 'failed'],
  ['HTML', () => new Response('<h1>down</h1>'), 'not_json'],
  ['500', () => new Response('', { status: 500 }), 'status'],
  ['429', () => new Response('', { status: 429 }), 'status'],
  ['nothing', RESET, 'network'],
])('Kakao answering with %s is reported', async (_title, answer, outcome) => {
  const { reports, client } = scene(answer)

  await client.exchangeCode(GRANT).catch(() => undefined)

  expect(reports).toEqual([{ host: 'kauth', endpoint: '/oauth/token', outcome, ms: 0 }])
})

test('each repetition is reported', async () => {
  const { reports, client } = scene(RESET)

  await client
    .asUser('at-1')
    .getMe()
    .catch(() => undefined)

  expect(reports.map(({ endpoint }) => endpoint)).toEqual(Array(3).fill('/v2/user/me'))
})

test('a deadline that passes is reported though Kakao never answers', async () => {
  const { reports, client } = scene(RESET, { fetch: DEAF, timeoutMs: 5 })

  await client.exchangeCode(GRANT).catch(() => undefined)

  expect(reports).toMatchObject([{ endpoint: '/oauth/token', outcome: 'timeout' }])
})

test('a caller who gives up is reported as that', async () => {
  const caller = new AbortController()
  const { reports, client } = scene(RESET, { fetch: DEAF })

  const exchange = client.exchangeCode(GRANT, { signal: caller.signal })
  caller.abort()
  await exchange.catch(() => undefined)

  expect(reports).toMatchObject([{ endpoint: '/oauth/token', outcome: 'aborted' }])
})

test('a report tells how long it took, and never less than nothing', async () => {
  for (const [later, ms] of [
    [250, 250],
    [-60_000, 0],
  ] as const) {
    let time = NOON.getTime()
    const { reports, client } = scene(
      () => {
        time += later
        return json({ id: 7 })
      },
      { now: () => new Date(time) },
    )
    await client.asUser('at-1').getMe()
    expect(reports).toMatchObject([{ ms }])
  }
})

test.each(Object.entries(CLIENT_CALLS))('%s is reported by a listed path', async (_name, make) => {
  const { reports, client, sent } = scene(() => json({}))

  await Promise.resolve(make(client)).catch(() => undefined)

  const listed = KAKAO_ENDPOINTS.map(({ path }) => path)
  expect(reports).toHaveLength(sent.length)
  for (const { endpoint } of reports) expect(listed).toContain(endpoint)
})

function scene(answer: Answer, options: Parameters<typeof clientAnswered>[1] = {}) {
  const reports: KakaoRequestReport[] = []
  const onRequest = (report: KakaoRequestReport) => reports.push(report)
  return { reports, ...clientAnswered(answer, { onRequest, random: () => 0, ...options }) }
}
