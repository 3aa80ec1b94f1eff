import { afterEach, describe, expect, test } from 'vitest'
import { KAKAO_EVENT_TYPES } from '../../src/kakao/index.ts'
import type { Browser } from '../_support/browser.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { APP, BADA, HANEUL, KAKAO, type World } from '../_support/world.ts'
import {
  ACCOUNT_STATUS,
  control,
  createHookedWorld,
  sendWebhook,
  unlinkAtKakao,
} from './_support/hooked-world.ts'

const WITHOUT_ADMIN_KEY = {
  KAKAO_REST_API_KEY: 'demo-rest-api-key',
  KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
  KAKAO_APP_ID: '123456',
  KAKAO_KAUTH_URL: KAKAO,
  KAKAO_KAPI_URL: KAKAO,
}

const EVERY_EVENT = Object.keys(KAKAO_EVENT_TYPES)

/** What the contract's table says of each event that does something to sessions or to the link. */
const ENDING = [
  'user-unlinked',
  'tokens-revoked',
  'account-disabled',
  'account-purged',
  'account-credential-change-required',
  'credential-compromise',
  'sessions-revoked',
  'credential-change',
]
const STATES: Readonly<Record<string, string>> = {
  'tokens-revoked': 'needs_login',
  'account-disabled': 'suspended',
  'account-credential-change-required': 'needs_login',
  'credential-compromise': 'needs_login',
}
const REREADING = [
  'user-scope-consent',
  'user-scope-withdraw',
  'identifier-changed',
  'identifier-recycled',
  'user-profile-changed',
]

describe.each(ENGINES)('the account-status webhook on $name', (engine) => {
  let world: World
  afterEach(() => world.close())

  async function open(options: Parameters<typeof createHookedWorld>[1] = {}): Promise<void> {
    world = await createHookedWorld(engine, options)
  }

  async function signIn(browser: Browser = world.browser()) {
    const { user } = await readJson(await login(world, browser, HANEUL))
    await world.kakao.settled()
    return { browser, user: user as { id: string; email: string | null } }
  }

  const isSignedIn = async (browser: Browser) => (await browser.get('/session/')).status === 200

  /** Something happens at Kakao a minute after the sign-in. */
  async function happen(event: string, wanted: Record<string, unknown> = {}) {
    world.clock.advance(60_000)
    const { deliveries, token } = await sendWebhook(world, {
      kind: 'account_status',
      person: HANEUL.id,
      event,
      ...wanted,
    })
    return { token, statuses: deliveries.map(({ status }) => status), deliveries }
  }

  /** A browser whose session began after all that has happened. */
  async function readStateLater(browser: Browser): Promise<unknown> {
    const { identities } = await readJson(await browser.get('/me/identities/'))
    return (identities as { state: string }[])[0]?.state
  }

  test.each(EVERY_EVENT)('%s does to sessions what it should', async (event) => {
    await open()
    const { browser } = await signIn()

    expect((await happen(event)).statuses).toEqual([202])

    expect(await isSignedIn(browser)).toBe(!ENDING.includes(event))
  })

  test.each(EVERY_EVENT)('%s leaves the sessions of a later sign-in alone', async (event) => {
    await open({ environment: { ON_UNLINK: 'detach' } })
    await signIn()
    const { browser } = await (async () => {
      world.clock.advance(60_000)
      return await signIn()
    })()

    // It happened an hour ago.
    expect((await happen(event, { variant: 'late' })).statuses).toEqual([202])
    await world.daemun.work()

    expect(await isSignedIn(browser)).toBe(true)
    expect(await readStateLater(browser)).toBe('linked')
  })

  test.each(Object.entries(STATES))('%s makes the link %s', async (event, state) => {
    const url = await createDurableUrl(engine)
    await open({ environment: { DATABASE_URL: url } })
    const { user } = await signIn()

    await happen(event)

    expect(await readStoredState(url)).toBe(state)
    const again = await signIn()
    expect(again.user.id).toBe(user.id)
    expect(await readStateLater(again.browser)).toBe('linked')
  })

  test('the link minds what is of the very second of the sign-in, and nothing of before', async () => {
    const url = await createDurableUrl(engine)
    await open({ environment: { DATABASE_URL: url } })
    world.clock.advance(900)
    await signIn()
    const event = { kind: 'account_status', person: HANEUL.id, event: 'credential-compromise' }

    await sendWebhook(world, { ...event, variant: 'late' })
    expect(await readStoredState(url)).toBe('linked')
    await sendWebhook(world, event)
    expect(await readStoredState(url)).toBe('needs_login')
  })

  /** Nobody is signed in who could ask. */
  async function readStoredState(url: string): Promise<string | undefined> {
    const { db } = await openStoreAt(url)
    const row = await db.selectFrom('identities').select('state').executeTakeFirst()
    await db.destroy()
    return row?.state
  }

  describe('token-revoked has the tokens that are kept looked at, which', () => {
    const GONE = { kept: 0, failed: 0 }
    const KEPT = { kept: 1, failed: 0 }
    const KEPT_AND_ASKED_AGAIN = { kept: 1, failed: 1 }

    test.each<[string, [msg: string, code: number, status: number] | undefined, object]>([
      ['stay where Kakao knows them', undefined, KEPT],
      ['go where it does not', ['this access token does not exist', -401, 401], GONE],
      ['go with the link', ['NotRegisteredUserException', -101, 400], GONE],
      ['go with the account', ['no such account', -103, 400], GONE],
      ['stay of one under sanction', ['blocked', -4, 403], KEPT],
      ['stay where it is we who are refused', ['ip mismatched!', -401, 401], KEPT_AND_ASKED_AGAIN],
      ['stay where Kakao cannot say', ['internal error', -1, 400], KEPT_AND_ASKED_AGAIN],
    ])('%s', async (_what, refusal, expected) => {
      const url = await createDurableUrl(engine)
      await open({
        environment: { DATABASE_URL: url, KAKAO_TOKENS: 'keep' },
        intercept: async (request, forward) => {
          if (refusal === undefined || !request.url.includes('/v1/user/access_token_info')) {
            return await forward(request)
          }
          const [msg, code, status] = refusal
          return Response.json({ msg, code }, { status })
        },
      })
      await signIn()

      await happen('token-revoked')
      await world.daemun.work()

      const { db } = await openStoreAt(url)
      const kept = await db.selectFrom('kakao_tokens').select('session_id').execute()
      await db.destroy()
      const failed = world.log.filter(({ job }) => job === 'check-tokens')
      expect({ kept: kept.length, failed: failed.length }).toEqual(expected)
    })
  })

  test('account-enabled lifts a suspension', async () => {
    const url = await createDurableUrl(engine)
    await open({ environment: { DATABASE_URL: url } })
    await signIn()

    await happen('account-disabled')
    await happen('account-enabled')

    expect(await readStoredState(url)).toBe('linked')
  })

  async function readEvents(): Promise<unknown[]> {
    return world.log.filter(({ event }) => event !== undefined).map(({ event }) => event)
  }

  test.each(REREADING)('%s has Kakao asked anew', async (event) => {
    await open()
    await signIn()
    await world.daemun.work()
    world.takeCallsToKakao()

    await happen(event)
    await world.daemun.work()

    const calls = world.takeCallsToKakao().join()
    expect(calls).toContain('/v2/user/me')
    expect(calls).toContain('/v2/user/scopes')
  })

  test('identifier-recycled erases the e-mail until Kakao has said whose it is', async () => {
    await open()
    const { browser } = await signIn()
    const readEmail = async () => {
      const { user } = await readJson(await browser.get('/session/'))
      return (user as { email: string | null }).email
    }
    expect(await readEmail()).toBe('haneul@example.com')

    await happen('identifier-recycled')
    expect(await readEmail()).toBeNull()
    await world.daemun.work()

    expect(await readEmail()).toBe('haneul@example.com')
  })

  test('account-purged ends the user, without a call to unlink', async () => {
    await open({ environment: { ON_UNLINK: 'detach' } })
    const { user } = await signIn()
    world.takeCallsToKakao()

    await happen('account-purged')
    await world.daemun.work()

    expect(world.takeCallsToKakao()).not.toContain('POST /v1/user/unlink')
    expect((await signIn()).user.id).not.toBe(user.id)
  })

  test('an unlink is told twice and is one', async () => {
    await open({ environment: { ON_UNLINK: 'detach' } })
    const { user } = await signIn()
    world.clock.advance(60_000)

    await unlinkAtKakao(world, HANEUL)
    await world.daemun.work()

    expect(await readEvents()).toContain('user-unlinked')
    expect((await signIn()).user.id).toBe(user.id)
  })

  test("a sign-up's own events delete nobody", async () => {
    await open()
    const { browser, user } = await signIn()
    await world.daemun.work()

    expect(await readEvents()).toEqual(expect.arrayContaining(['user-linked', 'token-issued']))
    expect(await isSignedIn(browser)).toBe(true)
    expect((await signIn()).user.id).toBe(user.id)
  })

  test('what we had Kakao end ourselves ends no other session', async () => {
    await open()
    const other = await signIn()
    const { browser } = await signIn()
    const body = JSON.stringify({ kakao: 'token' })
    await browser.post('/logout/', body, { 'content-type': 'application/json' })

    expect((await happen('tokens-revoked')).statuses).toEqual([202])
    expect(await isSignedIn(other.browser)).toBe(true)
    expect(await readStateLater(other.browser)).toBe('linked')

    world.clock.advance(5 * 60_000)
    await happen('tokens-revoked')
    expect(await isSignedIn(other.browser)).toBe(false)
  })

  test.each([
    [299, true],
    [301, false],
  ])('a log-out of ours %i seconds ago has caused tokens-revoked: %s', async (seconds, isOurs) => {
    await open()
    const other = await signIn()
    const { browser } = await signIn()
    const body = JSON.stringify({ kakao: 'token' })
    await browser.post('/logout/', body, { 'content-type': 'application/json' })
    world.clock.advance((seconds - 60) * 1000)

    await happen('tokens-revoked')

    expect(await isSignedIn(other.browser)).toBe(isOurs)
  })

  test('nor where the clock of Kakao is a little behind', async () => {
    await open()
    const other = await signIn()
    const { browser } = await signIn()
    world.clock.advance(60_000)
    const body = JSON.stringify({ kakao: 'token' })
    await browser.post('/logout/', body, { 'content-type': 'application/json' })

    // A minute later, by ours.
    await control(world, 'clock', { advance_seconds: -90 })
    await happen('tokens-revoked')

    expect(await isSignedIn(other.browser)).toBe(true)
  })

  test('a log-out of ours is no unlink: sessions end on the word of one', async () => {
    await open()
    const other = await signIn()
    const { browser } = await signIn()
    const body = JSON.stringify({ kakao: 'token' })
    await browser.post('/logout/', body, { 'content-type': 'application/json' })

    await happen('user-unlinked')

    expect(await isSignedIn(other.browser)).toBe(false)
  })

  test.each(['user-unlinked', 'tokens-revoked'])(
    '%s that comes of our own unlink does nothing to who has come back',
    async (event) => {
      await open({ environment: WITHOUT_ADMIN_KEY })
      const { browser } = await signIn()
      await browser.delete('/me/')
      await world.daemun.work()
      const { browser: back, user } = await signIn()

      expect((await happen(event)).statuses).toEqual([202])
      await world.daemun.work()

      expect(await isSignedIn(back)).toBe(true)
      world.clock.advance(1000)
      expect((await signIn()).user.id).toBe(user.id)
    },
  )

  describe.each(['user-unlinked', 'tokens-revoked'])('%s', (event) => {
    test.each([
      [299, true],
      [301, false],
    ])('%i seconds after our own unlink comes of it: %s', async (seconds, isOurs) => {
      await open({ environment: WITHOUT_ADMIN_KEY })
      const { browser } = await signIn()
      await browser.delete('/me/')
      await world.daemun.work()
      world.clock.advance((seconds - 60) * 1000)
      const { browser: back } = await signIn()

      await happen(event)

      expect(await isSignedIn(back)).toBe(isOurs)
    })
  })

  test('who came back, and is unlinked once more, is found to be', async () => {
    await open({ app: { webhooks: { account_status: { url: APP + ACCOUNT_STATUS } } } })
    const { browser } = await signIn()
    await browser.delete('/me/')
    await world.daemun.work()
    const { browser: back } = await signIn()
    world.clock.advance(30_000)

    await unlinkAtKakao(world, HANEUL)
    await world.daemun.work()

    expect(await isSignedIn(back)).toBe(false)
  })

  test('a credential more takes nothing, and more assurance neither', async () => {
    await open()
    const { browser } = await signIn()

    await happen('credential-change', { change_type: 'create' })
    await happen('assurance-level-change', { change_type: 'increase' })

    expect(await isSignedIn(browser)).toBe(true)
    expect((await browser.delete('/me/')).status).toBe(200)
  })

  test('less assurance keeps the session, and lets it do nothing that cannot be undone', async () => {
    await open()
    const { browser } = await signIn()

    await happen('assurance-level-change')

    expect(await isSignedIn(browser)).toBe(true)
    const refusal = await browser.delete('/me/')
    expect(refusal.status).toBe(403)
    expect(await readJson(refusal)).toMatchObject({ code: 'recent_login_required' })
  })

  test('credential-compromise is an alarm', async () => {
    await open()
    await signIn()
    await happen('credential-compromise')
    expect(world.log).toContainEqual(
      expect.objectContaining({ level: 'error', event: 'credential-compromise' }),
    )
  })

  test('the same token a hundred times at once has one effect', async () => {
    await open()
    await signIn()
    const { token } = await happen('sessions-revoked', { send: false })

    const responses = await Promise.all(Array.from({ length: 100 }, () => post(token)))

    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202]))
    expect((await readEvents()).filter((event) => event === 'sessions-revoked')).toHaveLength(1)
  })

  async function post(token: string, contentType = 'application/secevent+jwt') {
    const headers = { 'content-type': contentType }
    const request = new Request(`http://localhost:8000${ACCOUNT_STATUS}`, {
      method: 'POST',
      headers,
      body: token,
    })
    return await world.daemun.fetch(request)
  }

  test.each([
    ['forged', 400, 'invalid_key'],
    ['wrong_audience', 400, 'invalid_audience'],
    ['wrong_issuer', 400, 'invalid_issuer'],
    ['wrong_type', 400, 'invalid_request'],
    ['no_jti', 400, 'invalid_request'],
    ['truncated', 400, 'invalid_request'],
  ])('%s is refused, with err and description', async (variant, status, err) => {
    await open()
    const { browser } = await signIn()
    const { token } = await happen('sessions-revoked', { variant, send: false })

    const response = await post(token)

    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('content-language')).toBe('en')
    expect(await readJson(response)).toEqual({ err, description: expect.any(String) })
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('one over 64 KiB is not read', async () => {
    await open()
    const { browser } = await signIn()
    expect((await happen('sessions-revoked', { variant: 'oversized' })).statuses).toEqual([413])
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('a duplicate is taken as the first was', async () => {
    await open()
    await signIn()
    expect((await happen('token-issued', { variant: 'duplicate' })).statuses).toEqual([202, 202])
  })

  test('a token is known again as long as it would be taken', async () => {
    await open()
    await signIn()
    const { token } = await happen('sessions-revoked', { send: false })
    expect((await post(token)).status).toBe(202)
    world.clock.advance(6 * 86_400_000)
    await world.daemun.work()

    expect((await post(token)).status).toBe(202)

    expect((await readEvents()).filter((event) => event === 'sessions-revoked')).toHaveLength(1)
  })

  test('one whose audience is the app id is for us', async () => {
    await open({ emulator: { switches: { event_audience: 'app_id' } } })
    const { browser } = await signIn()

    expect((await happen('sessions-revoked')).statuses).toEqual([202])
    expect(await isSignedIn(browser)).toBe(false)
  })

  test.each([
    ['our native app key is for us', { KAKAO_NATIVE_APP_KEY: 'a-key-of-the-app' }, 202],
    ['our JavaScript key is for us', { KAKAO_JAVASCRIPT_KEY: 'a-key-of-the-app' }, 202],
    ['no key of ours is refused', {}, 400],
  ])('one whose audience is %s', async (_whose, environment, status) => {
    await open({
      // Kakao speaks to the first key; we log in with the other.
      app: {
        rest_api_keys: [
          { key: 'a-key-of-the-app' },
          { key: 'demo-rest-api-key', client_secret: 'demo-client-secret' },
        ],
      },
      environment,
    })
    const { browser } = await signIn()

    expect((await happen('sessions-revoked')).statuses).toEqual([status])
    expect(await isSignedIn(browser)).toBe(status !== 202)
  })

  test('any content type will do, and an event of an unknown kind too', async () => {
    await open()
    await signIn()
    const event = 'https://schemas.kakao.com/events/something-new'
    const { token } = await happen(event, { send: false })

    expect((await post(token, 'text/plain')).status).toBe(202)
    expect(await readEvents()).toContain('unknown')
  })

  test('about a stranger it is counted, and their id not kept', async () => {
    await open()
    await happen('account-purged', { person: BADA.id })

    expect(world.log).toContainEqual(
      expect.objectContaining({ event: 'account-purged', known: false }),
    )
    expect(JSON.stringify(world.log)).not.toContain(BADA.id)
  })

  test('keys out of reach are no verdict: 503, and the same token is good later', async () => {
    let isAway = false
    await open({
      intercept: async (request, forward) =>
        isAway ? new Response('<h1>down</h1>', { status: 502 }) : await forward(request),
    })
    const { browser } = await signIn()
    await control(world, 'keys/rotate', {})
    const { token } = await happen('sessions-revoked', { send: false })

    isAway = true
    const refused = await post(token)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    isAway = false
    world.clock.advance(60_000)

    expect((await post(token)).status).toBe(202)
    expect(await isSignedIn(browser)).toBe(false)
  })

  test('an unknown key is looked for once, and then no verdict for a while', async () => {
    await open()
    await signIn()
    world.clock.advance(60_000)

    expect((await happen('token-issued', { variant: 'unknown_key' })).statuses).toEqual([400])
    const { token } = await sendWebhook(world, {
      kind: 'account_status',
      person: HANEUL.id,
      event: 'token-issued',
      variant: 'unknown_key',
      send: false,
    })
    expect((await post(token)).status).toBe(503)
  })
})
