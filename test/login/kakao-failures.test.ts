import { describe, expect, test } from 'vitest'
import { NOON } from '../_support/clock.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createWorld, HANEUL, type World, type WorldOptions } from '../_support/world.ts'

/** Logs in where Kakao fails, and tells the answer. */
async function failToLogIn(options: WorldOptions, prepare?: (world: World) => Promise<void>) {
  const world = await createWorld(options)
  await prepare?.(world)
  const browser = world.browser()
  const response = await login(world, browser, HANEUL)
  const body = await readJson(response)
  const session = await browser.get('/session/')
  await world.close()
  return { response, body, world, isSignedIn: session.status === 200 }
}

/** A Kakao that answers one path with something else. */
function answering(path: string, answer: () => Response | Promise<Response>): WorldOptions {
  return {
    intercept: async (request, send) =>
      new URL(request.url).pathname === path ? await answer() : await send(request),
  }
}

function kauthError(error_code: string, error: string, status = 400): Response {
  const secret = 'authorization code not found for code=c0de-of-a-visitor'
  return Response.json({ error, error_code, error_description: secret }, { status })
}

test.each([
  ['KOE320', 'invalid_grant', 400, 'code_refused'],
  ['KOE303', 'invalid_grant', 400, 'code_refused'],
  ['KOE999', 'invalid_grant', 400, 'code_refused'],
  ['KOE101', 'invalid_client', 502, 'kakao_misconfigured'],
  ['KOE010', 'invalid_client', 502, 'kakao_misconfigured'],
  ['KOE114', 'invalid_request', 502, 'kakao_misconfigured'],
  ['KOE237', 'invalid_request', 503, 'kakao_unavailable'],
])('%s at the token call is answered with %s %i %s', async (koe, error, status, code) => {
  const { response, body, isSignedIn } = await failToLogIn(
    answering('/oauth/token', () => kauthError(koe, error)),
  )

  expect(response.status).toBe(status)
  expect(body).toMatchObject({ status, code, kakao_code: koe })
  expect(JSON.stringify(body)).not.toContain('c0de')
  expect(response.headers.has('retry-after')).toBe(status === 503)
  expect(isSignedIn).toBe(false)
})

test('a wrong client secret: the visitor gets an apology, the log says which setting', async () => {
  const { body, world } = await failToLogIn({
    environment: {
      KAKAO_REST_API_KEY: 'demo-rest-api-key',
      KAKAO_CLIENT_SECRET_KEY: 'wrong',
      KAKAO_KAUTH_URL: 'http://localhost:8001',
      KAKAO_KAPI_URL: 'http://localhost:8001',
    },
  })

  expect(body).toMatchObject({ code: 'kakao_misconfigured', kakao_code: 'KOE010' })
  expect(JSON.stringify(body)).not.toContain('SECRET')
  expect(world.log).toContainEqual(
    expect.objectContaining({
      level: 'error',
      code: 'kakao_misconfigured',
      kakao_code: 'KOE010',
      remedy: expect.any(String),
      variables: ['KAKAO_CLIENT_SECRET_KEY'],
      request_id: body.request_id,
    }),
  )
})

test.each([
  ['HTML', () => new Response('<h1>점검 중</h1>', { headers: { 'content-type': 'text/html' } })],
  ['broken JSON', () => new Response('{"access_token": "a', { status: 200 })],
  ['half an answer', () => new Response('null')],
  ['502 with HTML', () => new Response('<h1>Bad Gateway</h1>', { status: 502 })],
  ['429', () => new Response('', { status: 429 })],
  ['a redirect', () => Response.redirect('https://kakao.example/')],
  ['a broken connection', () => Promise.reject(new TypeError('fetch failed'))],
])('Kakao answering the token call with %s: 503', async (_title, answer) => {
  const { response, body, isSignedIn } = await failToLogIn(answering('/oauth/token', answer))

  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  expect(body).toMatchObject({ code: 'kakao_unavailable' })
  expect(isSignedIn).toBe(false)
})

test('Kakao never answering: 503 once the deadline has passed', async () => {
  const { response, body } = await failToLogIn({
    environment: { KAKAO_TIMEOUT: '50ms' },
    intercept: async (request, send) => {
      if (request.method !== 'POST') return await send(request)
      return await new Promise<Response>((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    },
  })

  expect(response.status).toBe(503)
  expect(body).toMatchObject({ code: 'kakao_unavailable' })
})

describe('a visitor is told to wait for as long as Kakao says', () => {
  const inSeconds = (seconds: number) => new Date(NOON.getTime() + seconds * 1000).toUTCString()

  test.each([
    ['seconds', '7', '7'],
    ['a date', inSeconds(90), '90'],
    ['a date that has passed', inSeconds(-90), '1'],
    ['more than a day', '99999999999999999999', '86400'],
    ['nothing', undefined, '5'],
    ['rubbish', 'soon', '5'],
    ['less than nothing', '-7', '5'],
  ])('where it says %s', async (_what, said, told) => {
    const headers = said === undefined ? {} : { 'retry-after': said }
    const answers = [
      new Response('<h1>Too many</h1>', { status: 429, headers }),
      Response.json({ error: 'x', error_code: 'KOE237' }, { status: 429, headers }),
      Response.json({ error: 'x', error_code: 'KOE999' }, { status: 503, headers }),
      Response.json({ error: 'slow_down' }, { status: 429, headers }),
    ]
    for (const answer of answers) {
      const { response } = await failToLogIn(answering('/oauth/token', () => answer))
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, told])
    }
    const { response } = await failToLogIn({
      environment: { KAKAO_OIDC: 'off' },
      ...answering('/v2/user/me', () =>
        Response.json({ msg: 'API limit has been exceeded.', code: -10 }, { status: 429, headers }),
      ),
    })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, told])
  })
})

test('an answer without an access token and without an error: 400', async () => {
  const { response, body } = await failToLogIn(
    answering('/oauth/token', () => Response.json({ token_type: 'bearer', expires_in: 60 })),
  )

  expect(response.status).toBe(400)
  expect(body).toMatchObject({ code: 'token_missing' })
})

test.each([
  [-401, 'ip mismatched! callerIp=203.0.113.9.', 401, 502, 'kakao_misconfigured'],
  [-401, 'this access token does not exist', 401, 400, 'code_refused'],
  [-1, 'internal error', 400, 503, 'kakao_unavailable'],
  [-9798, 'maintenance', 503, 503, 'kakao_unavailable'],
])('kapi: %i %s', async (kapi, msg, sent, status, code) => {
  const { response, body } = await failToLogIn({
    environment: { KAKAO_OIDC: 'off' },
    ...answering('/v2/user/me', () => Response.json({ code: kapi, msg }, { status: sent })),
  })

  expect(response.status).toBe(status)
  expect(body).toMatchObject({ code, kakao_code: kapi })
  expect(JSON.stringify(body)).not.toContain(msg)
})

test('a profile that cannot be read behind the answer does not spoil the login, and is logged', async () => {
  const world = await createWorld(
    answering('/v2/user/me', () => new Response('<h1>down</h1>', { status: 502 })),
  )
  const response = await login(world, world.browser(), HANEUL)
  await world.daemun.work()
  await world.close()

  expect(response.status).toBe(200)
  const msg = 'a job failed and will be tried again'
  expect(world.log).toContainEqual(expect.objectContaining({ level: 'warn', job: 'reread', msg }))
})

describe('a profile that Kakao refuses to tell behind the answer', () => {
  /** How often it is asked for, by a login, and by two minutes of work after it. */
  async function countReadings(code: number): Promise<{ asked: number[]; failed: unknown[] }> {
    let asked = 0
    const refusing = answering('/v2/user/me', () => {
      asked += 1
      return Response.json({ msg: 'no', code }, { status: 403 })
    })
    const world = await createWorld(refusing)
    const counts: number[] = []
    for (const waitMs of [0, 60_000, 60_000]) {
      world.clock.advance(waitMs)
      if (waitMs === 0) await login(world, world.browser(), HANEUL)
      await world.daemun.work()
      counts.push(asked)
    }
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    await world.close()
    return {
      asked: [...counts, asked],
      failed: world.log.filter(({ job }) => job === 'reread'),
    }
  }

  test.each([-4, -101, -103, -406])(
    'because of the person is left to their next login: %i',
    async (code) => {
      expect(await countReadings(code)).toEqual({ asked: [1, 1, 1, 2], failed: [] })
    },
  )

  test.each([-3, -5, -12])('because of a setting is asked for again: %i', async (code) => {
    const { asked, failed } = await countReadings(code)
    expect(asked.slice(0, 3)).toEqual([1, 2, 3])
    expect(failed).not.toEqual([])
  })
})

test("Kakao's keys out of reach: 503, and no session on the strength of a token unseen", async () => {
  const { response, body, isSignedIn } = await failToLogIn(
    answering('/.well-known/jwks.json', () => new Response('', { status: 503 })),
  )

  expect(response.status).toBe(503)
  expect(body).toMatchObject({ code: 'kakao_unavailable' })
  expect(isSignedIn).toBe(false)
})

test('no log line, and no answer, holds a code, a token, a state or a secret', async () => {
  const world = await createWorld({ environment: { LOG_LEVEL: 'trace' } })
  const browser = world.browser()
  const seen: string[] = []
  for (const code of [undefined, 'made-up-code']) {
    const callback = await goToKakao(world, browser, HANEUL)
    if (code !== undefined) callback.searchParams.set('code', code)
    seen.push(callback.searchParams.get('code') ?? '', callback.searchParams.get('state') ?? '')
    const answer = await (await browser.get(callback)).text()
    expect(answer).not.toContain(seen.at(-2))
  }
  await world.close()

  const log = JSON.stringify(world.log)
  expect(log).toContain('code_refused')
  for (const secret of [...seen, ...browser.cookies.values(), 'demo-client-secret', 'haneul@']) {
    expect(log).not.toContain(secret)
  }
  expect(log).not.toContain('error_description')
})
