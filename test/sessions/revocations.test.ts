import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { createClock } from '../_support/clock.ts'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { askSession, loginByRelay, postForm, refresh, type Tokens } from '../_support/ways.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { createHookedWorld, sendWebhook, unlinkAtKakao } from '../webhooks/_support/hooked-world.ts'
import { leadTo, PATIENT, untilHearing } from './_support/instances.ts'

interface Scene {
  /** Where it happens. */
  readonly one: World
  readonly browser: Browser
}

const EVERYWHERE = new URLSearchParams({ everywhere: 'true' })

/** All that ends a session of a browser, but the end of its time. */
const ENDS: readonly (readonly [string, (scene: Scene) => Promise<unknown>])[] = [
  ['a log-out', async ({ browser }) => await browser.post('/logout/')],
  [
    'a log-out everywhere by another device',
    async ({ one }) => await (await signIn(one)).post('/logout/', EVERYWHERE),
  ],
  [
    'its end in the list of sessions',
    async ({ one, browser }) => {
      const { session } = await readJson(await browser.get('/session/'))
      await (await signIn(one)).delete(`/me/sessions/${(session as { id: string }).id}/`)
    },
  ],
  [
    'another login in the same browser',
    async ({ one, browser }) => await login(one, leadTo(one, browser), HANEUL),
  ],
  [
    'more sessions than one may have',
    async ({ one }) => {
      one.clock.advance(1)
      for (const _ of [1, 2, 3]) await signIn(one)
    },
  ],
  ['a withdrawal', async ({ browser }) => await browser.delete('/me/')],
  ['an unlink at Kakao', async ({ one }) => await unlinkAtKakao(one, HANEUL)],
  ['an account that was disabled', async ({ one }) => await happenAtKakao(one, 'account-disabled')],
  ['an event about sessions', async ({ one }) => await happenAtKakao(one, 'sessions-revoked')],
]

/** All that ends a session with tokens alone. */
const TOKEN_ENDS: readonly (readonly [string, (one: World, tokens: Tokens) => Promise<unknown>])[] =
  [
    [
      'a token that was revoked',
      async (one, { refresh_token: token }) => await postForm(one, '/oauth/revoke/', { token }),
    ],
    [
      'an access token that was revoked',
      async (one, { access_token: token }) => await postForm(one, '/oauth/revoke/', { token }),
    ],
    [
      'a refresh token that came back',
      async (one, { refresh_token }) => {
        await refresh(one, refresh_token)
        one.clock.advance(60_001)
        await refresh(one, refresh_token)
      },
    ],
  ]

async function signIn(world: World, person: Parameters<typeof login>[2] = HANEUL) {
  const browser = world.browser()
  expect((await login(world, browser, person)).status).toBe(200)
  return browser
}

async function happenAtKakao(world: World, event: string): Promise<void> {
  world.clock.advance(60_000)
  await sendWebhook(world, { kind: 'account_status', person: HANEUL.id, event })
}

describe.each(ENGINES)('what is remembered by another instance on $name', (engine) => {
  let store: SharedStore
  let one: World
  let other: World

  beforeEach(async () => {
    const clock = createClock()
    // No time passes for what is remembered: it goes only where it is told to.
    const tick = () => 0
    store = await createSharedStore(engine)
    const environment = { DATABASE_URL: store.url, SESSIONS_PER_USER: '3' }
    one = await createHookedWorld(engine, { clock, tick, environment })
    const intercept = async (request: Request) => await one.kakao.fetch(request)
    other = await store.open({ clock, tick, intercept, environment: { SESSIONS_PER_USER: '3' } })
    await untilHearing(other)
  })
  afterEach(async () => {
    await one.close()
    await store.close()
  })

  const statusOf = async (browser: Browser) => (await browser.get('/session/')).status

  test.for(ENDS)('%s ends there too', async ([, end]) => {
    const browser = await signIn(one)
    const there = leadTo(other, browser)
    expect(await statusOf(there)).toBe(200)

    await end({ one, browser })

    await expect.poll(() => statusOf(there), PATIENT).toBe(401)
  })

  test.for(TOKEN_ENDS)('%s ends there too', async ([, end]) => {
    const tokens = await loginByRelay(one)
    expect((await askSession(other, tokens.access_token)).status).toBe(200)

    await end(one, tokens)

    await expect
      .poll(async () => (await askSession(other, tokens.access_token)).status, PATIENT)
      .toBe(401)
  })

  test('a link that a command beside the servers finds gone ends its sessions there', async () => {
    const webhooks = { unlink: { url: 'http://localhost:1/' } }
    const { clock } = one
    const environment = { DATABASE_URL: store.url }
    const beside = await createHookedWorld(engine, { clock, environment, app: { webhooks } })
    onTestFinished(() => beside.close())
    const there = leadTo(other, await signIn(beside))
    expect(await statusOf(there)).toBe(200)
    await unlinkAtKakao(beside, HANEUL)
    clock.advance(60_000)

    expect(await beside.daemun.reconcile()).toMatchObject({ unlinked: 1 })

    await expect.poll(() => statusOf(there), PATIENT).toBe(401)
  })

  test('what one login ends of two users ends there for both', async () => {
    const oldest = await signIn(one, BADA)
    one.clock.advance(1)
    for (const _ of [1, 2]) await signIn(one, BADA)
    const browser = await signIn(one)
    const there = [oldest, browser].map((visitor) => leadTo(other, visitor))
    for (const visitor of there) expect(await statusOf(visitor)).toBe(200)

    await login(one, browser, BADA)

    for (const visitor of there) await expect.poll(() => statusOf(visitor), PATIENT).toBe(401)
  })

  test('an account that is cut off takes the sessions begun with it along', async () => {
    const browser = await signIn(one)
    const start = await browser.get('/oauth/kakao/link/')
    await browser.get(await one.kakao.authorize(start.headers.get('location') ?? '', BADA))
    const there = leadTo(other, await signIn(one, BADA))
    expect(await statusOf(there)).toBe(200)

    expect((await browser.delete(`/me/identities/kakao_${BADA.id}/`)).status).toBe(204)

    await expect.poll(() => statusOf(there), PATIENT).toBe(401)
    expect(await statusOf(leadTo(other, browser))).toBe(200)
  })

  test('a sign-in that proves nothing any more proves nothing there', async () => {
    const there = leadTo(other, await signIn(one))
    expect((await there.get('/oauth/kakao/link/')).status).toBe(302)

    await happenAtKakao(one, 'assurance-level-change')

    await expect.poll(async () => (await there.get('/oauth/kakao/link/')).status, PATIENT).toBe(403)
    expect(await statusOf(there)).toBe(200)
  })

  const emailOf = async (browser: Browser) => {
    const { user } = await readJson(await browser.get('/session/'))
    return (user as { email: string | null }).email
  }

  test('an e-mail that is taken back is gone there', async () => {
    const browser = await signIn(one)
    const there = leadTo(other, browser)
    expect(await emailOf(there)).toBe('haneul@example.com')

    expect((await browser.delete('/me/consents/account_email/')).status).toBe(200)

    await expect.poll(() => emailOf(there), PATIENT).toBe(null)
  })

  test('an e-mail that is agreed to later is there', async () => {
    const browser = await signIn(one, { ...HANEUL, refuses: ['account_email'] })
    const there = leadTo(other, browser)
    expect(await emailOf(there)).toBe(null)

    const start = await browser.get('/oauth/kakao/consent/?scope=account_email')
    await browser.get(await one.kakao.authorize(start.headers.get('location') ?? '', HANEUL))

    await expect.poll(() => emailOf(there), PATIENT).toBe('haneul@example.com')
  })

  test('a login begun here is finished there, and the session it replaces ends here', async () => {
    const browser = await signIn(one)
    expect(await statusOf(browser)).toBe(200)
    const callback = await goToKakao(one, browser, HANEUL)

    const there = leadTo(other, browser)
    expect((await there.get(callback)).status).toBe(200)

    expect(await statusOf(leadTo(one, there))).toBe(200)
    await expect.poll(() => statusOf(browser), PATIENT).toBe(401)
  })
})
