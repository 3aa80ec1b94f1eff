import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import {
  BADA,
  bearer,
  control,
  demoSeed,
  get,
  HANEUL,
  logIn,
  me,
  post,
  refresh,
} from './_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService, STATUS_URL, UNLINK_URL } from './_support/service.ts'

type App = Parameters<typeof demoSeed>[0]

function start(app: App = {}, options: Parameters<typeof createKakaoEmulator>[0] = {}) {
  const service = createService()
  const items = [{ id: 'profile_nickname', level: 'required' } as const, { id: 'gender' } as const]
  const seed = demoSeed({ webhooks: BOTH_WEBHOOKS, consent_items: items, ...app })
  const kakao = createKakaoEmulator({ seed, now: () => NOON, fetch: service.fetch, ...options })
  return { service, kakao }
}

describe('the account-status webhook', () => {
  test('is sent for a first login, in the order of things', async () => {
    const { kakao, service } = start()
    await logIn(kakao)
    await kakao.settled()
    expect(service.events()).toEqual(['user-linked', 'user-scope-consent', 'token-issued'])
  })

  test('waits until the one before it is answered', async () => {
    const { promise, resolve } = Promise.withResolvers<Response>()
    const service = createService()
    const { kakao } = start(
      {},
      {
        async fetch(input, init) {
          const answer = await service.fetch(input, init)
          return service.received.length === 1 ? await promise : answer
        },
      },
    )
    await logIn(kakao)
    await expect.poll(() => service.received).toHaveLength(1)
    // Everything that does not wait for the answer has its turn.
    await new Promise((done) => setImmediate(done))
    expect(service.events()).toEqual(['user-linked'])
    resolve(new Response(null, { status: 202 }))
    await kakao.settled()
    expect(service.events()).toHaveLength(3)
  })

  test('is sent for the tokens of every later login and refresh', async () => {
    const { kakao, service } = start()
    const { refresh_token } = await logIn(kakao)
    await logIn(kakao)
    await refresh(kakao, refresh_token)
    await kakao.settled()
    expect(service.events().slice(3)).toEqual(['token-issued', 'token-issued'])
  })

  test('is sent when consent is withdrawn, and not when there was none', async () => {
    const { kakao, service } = start()
    const headers = bearer(await logIn(kakao))
    const withdraw = () => post(kakao, '/v2/user/revoke/scopes', { scopes: '["gender"]' }, headers)
    await withdraw()
    await withdraw()
    await kakao.settled()
    expect(service.events().slice(3)).toEqual(['user-scope-withdraw'])
  })

  test('is sent when something changes that apps are told, to each app of the person', async () => {
    const { kakao, service } = start()
    await logIn(kakao)
    await control(kakao, 'PATCH', `people/${HANEUL}`, { nickname: '새 이름' })
    await control(kakao, 'PATCH', `people/${HANEUL}`, { refuses: ['gender'] })
    await control(kakao, 'PATCH', `people/${BADA}`, { nickname: '새 이름' })
    await kakao.settled()
    expect(service.events().slice(3)).toEqual(['user-profile-changed'])
  })

  test('is a signed event token with these claims', async () => {
    const { kakao, service } = start({ webhooks: { account_status: { url: STATUS_URL } } })
    await logIn(kakao)
    await kakao.settled()
    const [first] = service.received

    expect(first).toMatchObject({ method: 'POST', url: new URL(STATUS_URL) })
    expect(first?.headers.get('content-type')).toBe('application/secevent+jwt')
    expect(first?.headers.get('authorization')).toBeNull()
    const [header = ''] = first?.body.split('.') ?? []
    expect(JSON.parse(atob(header))).toMatchObject({ alg: 'RS256', typ: 'secevent+jwt' })
    expect(service.claims()[0]).toEqual({
      iss: 'http://kakao.test',
      aud: 'demo-rest-api-key',
      sub: HANEUL,
      iat: 1_767_268_800,
      toe: 1_767_268_800,
      jti: expect.any(String),
      txm: expect.any(String),
      events: {
        'https://schemas.openid.net/secevent/oauth/event-type/user-linked': {
          subject: { subject_type: 'iss-sub', iss: 'http://kakao.test', sub: HANEUL },
        },
      },
    })
  })

  test('looks otherwise where nobody knows and switches say so', async () => {
    const { kakao, service } = start(
      {},
      {
        switches: { event_audience: 'app_id', event_transaction_claim: 'txn', event_app_id: true },
      },
    )
    await logIn(kakao)
    await kakao.settled()
    const [claims] = service.claims()
    expect(claims).toMatchObject({ aud: '123456', txn: expect.any(String), app_id: '123456' })
    expect(claims).not.toHaveProperty('txm')
  })

  test('is sent for the chosen events only', async () => {
    const account_status = { url: STATUS_URL, events: ['user-linked'] }
    const { kakao, service } = start({ webhooks: { account_status } })
    await logIn(kakao)
    await kakao.settled()
    expect(service.events()).toEqual(['user-linked'])
  })

  test('is never waited for by the call that causes it', async () => {
    const stuck = () => new Promise<Response>(() => {})
    const { kakao } = start({}, { fetch: stuck, webhookDeadlineMs: 20 })
    const tokens = await logIn(kakao)
    expect((await me(kakao, tokens)).status).toBe(200)

    await kakao.settled()

    const { webhooks } = (await (await control(kakao, 'GET', 'webhooks')).json()) as {
      webhooks: { deliveries: unknown[] }[]
    }
    expect(webhooks).toHaveLength(3)
    expect(webhooks[0]?.deliveries).toEqual([{ status: 0, body: '', ms: 0 }])
  })

  test('is sent again after a failure that may pass, where retries are switched on', async () => {
    const waits: number[] = []
    const service = createService((place) => new Response(null, { status: place < 2 ? 503 : 202 }))
    const { kakao } = start(
      { webhooks: { account_status: { url: STATUS_URL, events: ['user-linked'] } } },
      {
        fetch: service.fetch,
        sleep: async (ms) => void waits.push(ms),
        switches: { event_retry_seconds: [1, 5, 30] },
      },
    )
    await logIn(kakao)
    await kakao.settled()

    expect(waits).toEqual([1000, 5000])
    expect(new Set(service.received.map(({ body }) => body)).size).toBe(1)
  })

  test('is not sent again after a verdict, nor without retries', async () => {
    for (const [status, event_retry_seconds] of [
      [400, [1]],
      [503, []],
    ] as const) {
      const service = createService(() => new Response(null, { status }))
      const events = ['user-linked']
      const { kakao } = start(
        { webhooks: { account_status: { url: STATUS_URL, events } } },
        { fetch: service.fetch, switches: { event_retry_seconds } },
      )
      await logIn(kakao)
      await kakao.settled()
      expect(service.received).toHaveLength(1)
    }
  })
})

describe('the unlink webhook', () => {
  async function unlinked(app: App, switches = {}) {
    const { kakao, service } = start(app, { switches })
    const tokens = await logIn(kakao)
    const response = await control(kakao, 'POST', `people/${HANEUL}/unlink`, {
      app_id: 123456,
      referrer_type: 'ACCOUNT_DELETE',
    })
    expect(await response.json()).toEqual({ links: [] })
    await kakao.settled()
    const [sent] = service.received.filter(({ url }) => url.pathname.includes('unlink'))
    return { kakao, service, tokens, sent }
  }

  const FIELDS = `app_id=123456&user_id=${HANEUL}&referrer_type=ACCOUNT_DELETE`

  test('is a form with the primary admin key, once the link is gone', async () => {
    const { kakao, service, tokens, sent } = await unlinked({
      admin_keys: ['first', { key: 'primary', primary: true }],
    })
    expect(sent).toMatchObject({ method: 'POST', body: FIELDS, url: new URL(UNLINK_URL) })
    expect(sent?.headers.get('authorization')).toBe('KakaoAK primary')
    expect(sent?.headers.get('content-type')).toBe(
      'application/x-www-form-urlencoded;charset=utf-8',
    )
    expect((await me(kakao, tokens)).status).toBe(401)
    expect(service.events()).toContain('user-unlinked')
  })

  test('is a query where the console says GET', async () => {
    const { sent } = await unlinked({ webhooks: { unlink: { url: UNLINK_URL, method: 'GET' } } })
    expect(sent).toMatchObject({ method: 'GET', url: new URL(`${UNLINK_URL}?${FIELDS}`) })
    expect(sent?.headers.get('authorization')).toBe('KakaoAK demo-admin-key')
  })

  test('is JSON where a switch says so', async () => {
    const { sent } = await unlinked({}, { unlink_webhook_body: 'json' })
    expect(JSON.parse(sent?.body ?? '')).toEqual(Object.fromEntries(new URLSearchParams(FIELDS)))
  })

  test('is sent once, whatever the answer', async () => {
    const service = createService(() => new Response(null, { status: 500 }))
    const { kakao } = start(
      { webhooks: { unlink: { url: UNLINK_URL } } },
      { fetch: service.fetch, switches: { event_retry_seconds: [1] } },
    )
    await logIn(kakao)
    await control(kakao, 'POST', `people/${HANEUL}/unlink`, {})
    await kakao.settled()
    expect(service.received).toHaveLength(1)
  })

  test('does not follow redirects', async () => {
    const { sent } = await unlinked({})
    expect(sent?.redirect).toBe('manual')
  })
})

test('a reset sends nothing more of what was on its way', async () => {
  const answers: (() => void)[] = []
  const urls: string[] = []
  const { kakao } = start(
    {},
    {
      async fetch(input) {
        urls.push(String(input))
        await new Promise<void>((resolve) => answers.push(resolve))
        return new Response(null, { status: 503 })
      },
      sleep: async () => {},
      switches: { event_retry_seconds: [1, 1] },
    },
  )
  await logIn(kakao)
  await expect.poll(() => urls).toHaveLength(1)
  await control(kakao, 'POST', 'reset')
  for (const answer of answers) answer()
  await kakao.settled()

  expect(urls).toEqual([STATUS_URL])
  const { webhooks } = (await (await control(kakao, 'GET', 'webhooks')).json()) as {
    webhooks: unknown[]
  }
  expect(webhooks).toEqual([])
})

test('without addresses nothing is sent', async () => {
  const service = createService()
  const kakao = createKakaoEmulator({ fetch: service.fetch })
  await logIn(kakao)
  await control(kakao, 'POST', `people/${HANEUL}/unlink`, {})
  await kakao.settled()
  expect(service.received).toEqual([])
  expect((await get(kakao, '/_emulator/webhooks')).status).toBe(200)
})

test('two emulators with the same clock and randomness send the same claims', async () => {
  const claims = async () => {
    let drawn = 0
    const randomBytes = (size: number) => {
      drawn += 1
      return new Uint8Array(size).fill(drawn)
    }
    const { kakao, service } = start({}, { randomBytes })
    await logIn(kakao)
    await kakao.settled()
    return service.claims()
  }
  expect(await claims()).toEqual(await claims())
})
