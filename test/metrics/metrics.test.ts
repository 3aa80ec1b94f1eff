import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login } from '../_support/login.ts'
import { scrape } from '../_support/metrics.ts'
import { createReceiver, tellTo } from '../_support/receiver.ts'
import { BADA, createWorld, HANEUL, type World, type WorldOptions } from '../_support/world.ts'
import { failUnlinks, leave } from '../withdrawal/_support/leaving.ts'

const OURS = {
  daemun_logins_total: ['result', 'kakao_code'],
  daemun_kakao_requests_total: ['endpoint', 'outcome'],
  daemun_kakao_request_duration_seconds_count: ['endpoint'],
  daemun_sessions_started_total: [],
  daemun_sessions_ended_total: ['reason'],
  daemun_rate_limited_total: ['limit'],
  daemun_jobs_given_up_total: ['queue'],
  daemun_queue_depth: ['queue'],
  daemun_queue_oldest_seconds: ['queue'],
  daemun_store_duration_seconds_count: ['operation'],
}

let world: World
const open = async (options: WorldOptions = {}) => {
  world = await createWorld(options)
}
afterEach(() => world.close())

describe('GET /metrics', () => {
  test('has every metric of ours with its labels, and the delay of the event loop', async () => {
    await open()
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()

    const { labels, text } = await scrape(world)
    expect(Object.fromEntries(labels)).toMatchObject(OURS)
    expect(labels.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
    expect(text).toContain('# TYPE daemun_store_duration_seconds histogram\n')
    expect(text).toContain('# TYPE daemun_logins_total counter\n')
    expect(text).toContain('# TYPE daemun_queue_depth gauge\n')
  })

  test('is in the text format, and each server counts for itself', async () => {
    await open()
    const other = await createWorld()
    await login(world, world.browser(), HANEUL)

    const answer = await other.browser().get('/metrics')
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toContain('daemun_sessions_started_total 0\n')
    expect((await scrape(world)).value('daemun_sessions_started_total')).toBe(1)
    await other.close()
  })

  test('asks nothing of the store', async () => {
    await open()
    await login(world, world.browser(), HANEUL)
    const first = await scrape(world)
    const second = await scrape(world)

    const ours = 'daemun_store_duration_seconds_count'
    expect(first.value(`${ours}{operation="select"}`)).toBeGreaterThan(0)
    expect(second.of(ours)).toEqual(first.of(ours))
  })

  test('buckets hold all that was shorter', async () => {
    await open()
    await login(world, world.browser(), HANEUL)

    const { value, of } = await scrape(world)
    const ours = 'daemun_store_duration_seconds'
    const buckets = Object.entries(of(`${ours}_bucket`)).filter(([name]) => name.includes('insert'))
    const counts = buckets.map(([, count]) => count)
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect(value(`${ours}_bucket{operation="insert",le="+Inf"}`)).toBe(
      value(`${ours}_count{operation="insert"}`),
    )
    expect(value(`${ours}_sum{operation="insert"}`)).toBeGreaterThan(0)
  })
})

describe('logins and sessions', () => {
  const logins = 'daemun_logins_total'

  test('are counted as they begin and end, and why', async () => {
    await open({ environment: { SESSIONS_PER_USER: '2', SESSION_TTL: '1h' } })
    const [first, second] = [world.browser(), world.browser()]
    await login(world, first, HANEUL)
    await login(world, second, HANEUL)
    await login(world, world.browser(), HANEUL)
    await second.post('/logout/')
    world.clock.advance(3_600_000)
    await world.daemun.work()

    const { value, of } = await scrape(world)
    expect(value(`${logins}{result="ok",kakao_code="none"}`)).toBe(3)
    expect(value('daemun_sessions_started_total')).toBe(3)
    expect(of('daemun_sessions_ended_total')).toMatchObject({
      'daemun_sessions_ended_total{reason="limit"}': 1,
      'daemun_sessions_ended_total{reason="logout"}': 1,
      'daemun_sessions_ended_total{reason="expired"}': 1,
      'daemun_sessions_ended_total{reason="withdrawn"}': 0,
    })
  })

  test('of a visitor who turns back is neither good nor bad', async () => {
    await open()
    await world.browser().get('/oauth/kakao/login/callback/?state=unknown&code=c')
    const browser = world.browser()
    await browser.get(await goToKakao(world, browser, { ...HANEUL, cancels: true }))

    expect((await scrape(world)).of(logins)).toMatchObject({
      [`${logins}{result="cancelled",kakao_code="none"}`]: 1,
      [`${logins}{result="refused",kakao_code="none"}`]: 1,
    })
  })

  test('that fail are counted once by Kakao’s code, however often they are repeated', async () => {
    await open({ intercept: answeringToken({ error: 'invalid_client', error_code: 'KOE010' }) })
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback)
    await browser.get(callback)

    const { value, of } = await scrape(world)
    expect(value(`${logins}{result="failed",kakao_code="KOE010"}`)).toBe(1)
    expect(of('daemun_kakao_requests_total')).toMatchObject({
      'daemun_kakao_requests_total{endpoint="token",outcome="refused"}': 1,
    })
    expect(value('daemun_kakao_request_duration_seconds_count{endpoint="token"}')).toBe(1)
  })

  test('have a series for each code that they may fail with, so that its first step is one', async () => {
    await open()
    const failed = (code: string) => `${logins}{result="failed",kakao_code="${code}"}`

    expect((await scrape(world)).of(logins)).toMatchObject({
      [failed('KOE010')]: 0,
      [failed('-401')]: 0,
      [failed('other')]: 0,
    })
  })

  test('that come too often are counted by the limit that they meet', async () => {
    await open({ environment: { RATE_LIMIT_LOGIN: '1/1m' } })
    const statuses: number[] = []
    for (let index = 0; index < 3; index += 1) {
      statuses.push((await world.browser().get('/oauth/kakao/login/')).status)
    }

    expect(statuses).toEqual([302, 429, 429])
    expect((await scrape(world)).of('daemun_rate_limited_total')).toEqual({
      'daemun_rate_limited_total{limit="login"}': 2,
      'daemun_rate_limited_total{limit="token"}': 0,
      'daemun_rate_limited_total{limit="user"}': 0,
    })
  })

  test('garbage from outside makes no series', async () => {
    let round = 0
    await open({
      intercept: async (request, send) => {
        if (!request.url.endsWith('/oauth/token')) return await send(request)
        round += 1
        return Response.json(
          { error: 'invalid_grant', error_code: `KOE9${100 + round}` },
          { status: 400 },
        )
      },
    })
    const tryOnce = async (garbage: string) => {
      await login(world, world.browser(), HANEUL)
      await world.browser().get(`/${garbage}?${garbage}=${garbage}`, { 'user-agent': garbage })
      await world.browser().get(`/oauth/kakao/login/callback/?error=${garbage}&state=${garbage}`)
      await world.browser().post(`/webhooks/kakao/account-status/`, garbage)
    }
    await tryOnce('once')
    const before = countOurs(await scrape(world))
    for (let index = 0; index < 30; index += 1) await tryOnce(`garbage-${index}`)

    const after = await scrape(world)
    expect(countOurs(after)).toBe(before)
    expect(after.value(`${logins}{result="refused",kakao_code="other"}`)).toBe(31)
    expect(after.text).not.toMatch(/garbage|KOE9/)
  })
})

describe.each(ENGINES)('queues on $name', (engine) => {
  const depth = (queue: string) => `daemun_queue_depth{queue="${queue}"}`
  const age = (queue: string) => `daemun_queue_oldest_seconds{queue="${queue}"}`

  test('tell what waits and for how long', async () => {
    const receiver = createReceiver()
    const { environment, elsewhere } = tellTo(receiver)
    const DATABASE_URL = await engine.createUrl()
    await open({
      environment: {
        ...environment,
        WEBHOOK_RETRY: '1m',
        KAKAO_ADMIN_KEY: 'demo-admin-key',
        DATABASE_URL,
      },
      elsewhere,
    })
    await failUnlinks(world, { status: 500, times: 1000 })
    receiver.answer = ({ type }) =>
      new Response(null, { status: type === 'user.created' ? 204 : 500 })
    const browser = world.browser()
    await login(world, browser, HANEUL)
    await leave(browser)
    await login(world, world.browser(), BADA)
    await world.daemun.work()
    world.clock.advance(9000)
    await world.daemun.work()

    const waiting = await scrape(world)
    expect(waiting.value(depth('unlink'))).toBe(1)
    expect(waiting.value(age('unlink'))).toBe(9)
    expect(waiting.value(depth('deliveries'))).toBe(4)
    expect(waiting.value(age('deliveries'))).toBe(9)
    expect(waiting.value(depth('reconcile'))).toBe(0)
    expect(waiting.value(depth('dead_letters'))).toBe(0)

    world.clock.advance(72_000)
    await world.daemun.work()
    world.clock.advance(5000)
    await world.daemun.work()
    const later = await scrape(world)
    expect(later.value(depth('dead_letters'))).toBe(2)
    expect(later.value(age('dead_letters'))).toBe(5)
    expect(later.value(age('deliveries'))).toBe(86)
  })
})

test('work that failed for too long is counted, by its kind', async () => {
  await open({
    intercept: async (request, send) =>
      request.url.includes('/v2/user/me')
        ? new Response('<h1>down</h1>', { status: 502 })
        : await send(request),
  })
  const givenUp = async () => (await scrape(world)).of('daemun_jobs_given_up_total')
  await login(world, world.browser(), HANEUL)
  await world.daemun.work()
  const series = (queue: string) => `daemun_jobs_given_up_total{queue="${queue}"}`
  expect(await givenUp()).toMatchObject({ [series('reread')]: 0, [series('unlink')]: 0 })

  world.clock.advance(24 * 3_600_000)
  await world.daemun.work()

  expect(await givenUp()).toMatchObject({ [series('reread')]: 1, [series('unlink')]: 0 })
  expect(world.log).toContainEqual(
    expect.objectContaining({ level: 'error', job: 'reread', msg: 'a job was given up' }),
  )
})

function answeringToken(body: object): NonNullable<WorldOptions['intercept']> {
  return async (request, send) =>
    request.url.endsWith('/oauth/token')
      ? Response.json(body, { status: 401 })
      : await send(request)
}

function countOurs({ text }: { text: string }): number {
  return text.split('\n').filter((line) => line.startsWith('daemun_')).length
}
