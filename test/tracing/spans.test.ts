import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login } from '../_support/login.ts'
import { createReceiver, tellTo } from '../_support/receiver.ts'
import { createWorld, HANEUL, type World, type WorldOptions } from '../_support/world.ts'
import { failUnlinks, leave } from '../withdrawal/_support/leaving.ts'
import { type CollectedSpan, type Collector, startCollector } from './_support/collector.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CALLER = '00f067aa0ba902b7'
const CALLBACK = 'GET /oauth/kakao/login/callback/'

let collector: Collector
beforeEach(async () => {
  collector = await startCollector()
})
afterEach(() => collector.close())

async function open({ environment, ...options }: WorldOptions = {}): Promise<World> {
  return await createWorld({
    ...options,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment },
  })
}

function getSpan(name: string): CollectedSpan {
  const found = collector.spans.find((span) => span.name === name)
  if (found === undefined) throw new Error(`no ${name} among ${collector.spans.map((s) => s.name)}`)
  return found
}

const childrenOf = ({ spanId }: CollectedSpan) =>
  collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId)

describe.each(ENGINES)('a login on $name', (engine) => {
  const system = engine.name === 'SQLite' ? 'sqlite' : 'postgresql'

  test('is one trace: the request, its call to Kakao, and its transaction', async () => {
    const world = await open({ environment: { DATABASE_URL: await engine.createUrl() } })
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    await browser.get(callback, { traceparent: `00-${TRACE}-${CALLER}-01` })
    await world.close()

    const request = getSpan(CALLBACK)
    expect(request).toMatchObject({
      traceId: TRACE,
      parentSpanId: CALLER,
      kind: 2,
      isFailed: false,
    })
    expect(request.attributes).toEqual({
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/oauth/kakao/login/callback/',
      'server.address': 'localhost',
      'url.scheme': 'http',
    })
    const children = childrenOf(request)
    expect(children.every(({ traceId, kind }) => traceId === TRACE && kind === 3)).toBe(true)
    expect(children.map(({ name }) => name)).toContain('store insert')
    expect(children.find(({ name }) => name === 'kakao /oauth/token')?.attributes).toEqual({
      'server.address': 'localhost',
      'url.template': '/oauth/token',
      'daemun.kakao.outcome': 'ok',
    })
    const transaction = children.find(({ name }) => name === 'store transaction')
    expect(transaction?.attributes).toEqual({
      'db.system.name': system,
      'db.operation.name': 'transaction',
    })
    expect(transaction?.isFailed).toBe(false)
    expect(children.filter(({ tookNs }) => tookNs > request.tookNs)).toEqual([])
    expect(collector.resource).toMatchObject({ 'service.name': 'daemun' })
  })
})

test('what is done behind the answers has traces of its own, and receivers can go on from them', async () => {
  const receiver = createReceiver()
  const { environment, elsewhere } = tellTo(receiver)
  const world = await open({
    environment: { ...environment, KAKAO_ADMIN_KEY: 'demo-admin-key' },
    elsewhere,
  })
  await failUnlinks(world, { status: 500 })
  const browser = world.browser()
  await login(world, browser, HANEUL)
  await leave(browser)
  await world.daemun.work()
  await world.close()

  const job = getSpan('job unlink')
  expect(job).toMatchObject({ parentSpanId: '', kind: 1, isFailed: true })
  expect(job.attributes).toMatchObject({ 'daemun.job.kind': 'unlink', 'daemun.job.attempt': 1 })
  expect(childrenOf(job).map(({ name }) => name)).toContain('kakao /v1/user/unlink')
  const [letter] = receiver.letters
  const delivery = getSpan('deliver event')
  expect(letter?.headers.get('traceparent')).toBe(`00-${delivery.traceId}-${delivery.spanId}-01`)
  expect(delivery).toMatchObject({ parentSpanId: '', kind: 3 })
  expect(delivery.attributes).toMatchObject({
    'server.address': 'service.example',
    'http.response.status_code': 204,
    'daemun.event.type': 'user.created',
  })
})

test('a trace holds nothing personal, no code, no token, and Kakao hears of none', async () => {
  const headers: string[] = []
  const world = await open({
    intercept: async (request, send) => {
      headers.push(...request.headers.keys())
      return await send(request)
    },
  })
  const browser = world.browser()
  const callback = await goToKakao(world, browser, HANEUL)
  await browser.get(callback)
  await browser.get('/me/sessions/ses_of-somebody?token=secret')
  await browser.delete('/me/sessions/ses_of-somebody/')
  await browser.get('/nowhere/haneul@example.com')
  const [cookie = ''] = browser.cookies.values()
  await world.daemun.work()
  await world.close()

  const received = collector.received.join('\n')
  const code = callback.searchParams.get('code') ?? ''
  for (const secret of [code, cookie, HANEUL.id, 'haneul', '하늘', 'ses_', 'secret', 'nowhere']) {
    expect(received).not.toContain(secret)
  }
  expect(collector.spans.map(({ name }) => name)).toContain('DELETE /me/sessions/:id/')
  expect(headers).not.toContain('traceparent')
  expect(headers).not.toContain('tracestate')
})

describe('what is kept', () => {
  const ask = async (environment: Record<string, string>, traceparent: string) => {
    const world = await open({ environment })
    await world.browser().get('/session/', { traceparent })
    await world.close()
    return collector.spans.length > 0
  }
  const unsampled = `00-${TRACE}-${CALLER}-00`
  const sampled = `00-${TRACE}-${CALLER}-01`

  test.each([
    ['whoever began it does not keep it', {}, unsampled, false],
    ['whoever began it keeps it', {}, sampled, true],
    ['nobody began it before', {}, '', true],
    ['all is kept', { OTEL_TRACES_SAMPLER: 'always_on' }, unsampled, true],
    ['nothing is kept', { OTEL_TRACES_SAMPLER: 'always_off' }, sampled, false],
    [
      'none that begins here',
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
      '',
      false,
    ],
  ])('%s', async (_name, environment, traceparent, isKept) => {
    expect(await ask(environment, traceparent)).toBe(isKept)
  })
})

test('the collector is told what the settings say, and the log never', async () => {
  const world = await open({
    environment: {
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20secret',
      OTEL_SERVICE_NAME: 'gate',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=seoul',
    },
  })
  await world.browser().get('/session/')
  await world.close()

  expect(collector.received[0]).toMatch(/^POST \/v1\/traces .*"x-api-key":"a secret"/)
  expect(collector.resource).toMatchObject({
    'service.name': 'gate',
    'deployment.environment.name': 'seoul',
  })
  expect(JSON.stringify(world.log)).not.toContain('a secret')
})

describe('a collector', () => {
  test.each([
    ['that refuses', 400, ['the collector takes no traces: they are dropped']],
    ['that does not answer', undefined, []],
  ])('%s harms no login, and does not hold up the end', async (_name, status, told) => {
    const failing = await startCollector(status)
    const world = await open({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: failing.url } })

    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
    await world.close()
    expect(failing.received).toHaveLength(1)
    const lines = world.log.map(({ msg }) => String(msg)).filter((msg) => msg.includes('collector'))
    expect(lines).toEqual(told)
    await failing.close()
  })

  test('that refuses is told of with the reason, and nothing that it says', async () => {
    const refusing = await startCollector(401)
    const world = await open({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: refusing.url } })
    await world.browser().get('/session/')
    await world.close()
    await refusing.close()

    const line = world.log.find(({ msg }) => String(msg).includes('collector'))
    expect(line).toMatchObject({ level: 'warn', err: { message: 'Unauthorized', code: 401 } })
    expect(JSON.stringify(line)).not.toContain('an answer of the collector')
  })
})
