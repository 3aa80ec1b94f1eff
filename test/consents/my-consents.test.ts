import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { HANEUL, type World } from '../_support/world.ts'
import {
  type ConsentScene,
  changeAtKakao,
  createConsentScene,
  readAuditLog,
  readConsents,
  readProfile,
  signUp,
  withdrawAtKakao,
} from './_support/consent-world.ts'

const NOON = '2026-01-01T12:00:00.000Z'
const ONE = '2026-01-01T13:00:00.000Z'
const HOUR_MS = 3600_000

describe.each(ENGINES)('own data on $name', (engine) => {
  let scene: ConsentScene
  let world: World

  beforeEach(async () => {
    scene = await createConsentScene(engine)
    world = scene.world
  })
  afterEach(() => scene.close())

  test('the ledger says what was agreed to at the sign-up, and what was not', async () => {
    const browser = await signUp(world, { ...HANEUL, refuses: ['gender'] })
    const response = await browser.get('/me/consents/')

    expect(response.headers.get('cache-control')).toBe('no-store')
    const { consents } = (await readJson(response)) as { consents: { id: string }[] }
    expect(consents.map(({ id }) => id)).toEqual([
      'account_email',
      'birthday',
      'birthyear',
      'gender',
      'phone_number',
      'profile_image',
      'profile_nickname',
    ])
    expect(consents[0]).toEqual({
      id: 'account_email',
      agreed: true,
      required: false,
      revocable: true,
      since: NOON,
      path: 'login',
      history: [{ agreed: true, at: NOON, path: 'login' }],
    })
    expect(consents[3]).toMatchObject({ id: 'gender', agreed: false, revocable: null })
    expect(consents[6]).toMatchObject({ agreed: true, required: true, revocable: false })
  })

  test('terms are read once behind the sign-up, and dated by Kakao', async () => {
    const browser = await signUp(world, { ...HANEUL, refuses: ['marketing_20260101'] })

    const { terms } = await readJson(await browser.get('/me/terms/'))
    expect(terms).toEqual([
      {
        tag: 'marketing_20260101',
        agreed: false,
        required: false,
        revocable: null,
        since: NOON,
        path: 'login',
        history: [{ agreed: false, at: NOON, path: 'login' }],
      },
      {
        tag: 'service_20260101',
        agreed: true,
        required: true,
        revocable: false,
        since: NOON,
        path: 'login',
        history: [{ agreed: true, at: NOON, path: 'login' }],
      },
    ])
    expect((await readAuditLog(scene)).sort()).toEqual([
      'consent.changed system ok',
      'user.created user ok',
      'user.signed_in user ok',
      'user.updated system ok',
    ])
  })

  test('each field says what is known of it, and from where', async () => {
    const browser = await signUp(world, { ...HANEUL, refuses: ['gender'] })
    const response = await browser.get('/me/')

    expect(response.headers.get('cache-control')).toBe('no-store')
    const body = await readJson(response)
    expect(body).toMatchObject({
      user: { nickname: '김하늘', email: 'haneul@example.com', phone_number: '+821012345678' },
      identities: [{ social_id: 'kakao_1000000001', linked_at: NOON, state: 'linked' }],
    })
    const origin = { source: 'user_me', at: NOON }
    const birthday = { date: '0412', calendar: 'LUNAR', is_leap_month: false }
    expect(body.profile).toEqual({
      nickname: { value: '김하늘', state: 'shared', ...origin },
      picture: { value: expect.stringContaining('1000000001'), state: 'shared', ...origin },
      email: { value: 'haneul@example.com', state: 'shared', ...origin },
      email_verified: { value: true, state: 'shared', ...origin },
      phone_number: { value: '+821012345678', state: 'shared', ...origin },
      name: { value: null, state: 'not_asked', ...origin },
      gender: { value: null, state: 'not_agreed', ...origin },
      age_range: { value: null, state: 'not_asked', ...origin },
      birthyear: { value: null, state: 'not_agreed', ...origin },
      birthday: { value: birthday, state: 'shared', ...origin },
    })
  })

  test('a value that an account has not is told from one that is not shared', async () => {
    await changeAtKakao(world, HANEUL.id, { email: null, phone_number: null })
    const browser = await signUp(world, { ...HANEUL, refuses: ['phone_number'] })

    expect(await readProfile(browser)).toMatchObject({
      email: { value: null, state: 'none' },
      email_verified: { value: null, state: 'none' },
    })
  })

  test('before Kakao was asked, only what the ID token held is known', async () => {
    const browser = world.browser()
    await login(world, browser, HANEUL)

    expect(await readProfile(browser)).toMatchObject({
      email: { value: 'haneul@example.com', state: 'shared', source: 'id_token', at: NOON },
      phone_number: { value: null, state: 'not_asked', source: null, at: null },
    })
  })

  test('what changed at Kakao is told to the service, once, by its names', async () => {
    const browser = await signUp(world, HANEUL)
    world.clock.advance(24 * HOUR_MS)
    await login(world, browser, HANEUL)
    await world.daemun.work()
    const before = (await readAuditLog(scene)).length
    await changeAtKakao(world, HANEUL.id, { nickname: '김바다', birthyear: '1991' })

    world.clock.advance(23 * HOUR_MS)
    await login(world, browser, HANEUL)
    await world.daemun.work()
    expect((await readProfile(browser)).nickname).toMatchObject({ value: '김하늘' })
    world.clock.advance(HOUR_MS)
    await login(world, browser, HANEUL)
    await world.daemun.work()

    expect((await readProfile(browser)).nickname).toMatchObject({
      value: '김바다',
      at: '2026-01-03T12:00:00.000Z',
    })
    const told = (await readAuditLog(scene)).slice(before)
    expect(told.filter((line) => line.startsWith('user.updated'))).toEqual([
      'user.updated system ok',
    ])
  })

  test('an item that is found withdrawn at Kakao loses its values with its consent', async () => {
    const browser = await signUp(world, HANEUL)
    await withdrawAtKakao(world, HANEUL.id, 'account_email')
    world.clock.advance(HOUR_MS)

    // The login's scope lacks it, which is no proof: the job asks.
    const answer = await readJson(await login(world, browser, HANEUL))
    expect(answer).toMatchObject({ user_email: 'haneul@example.com' })
    expect((await readConsents(browser)).account_email).toMatchObject({ agreed: true })
    await world.daemun.work()

    expect((await readConsents(browser)).account_email).toMatchObject({
      agreed: false,
      since: ONE,
      path: 'sync',
      history: [
        { agreed: true, at: NOON, path: 'login' },
        { agreed: false, at: ONE, path: 'sync' },
      ],
    })
    expect(await readProfile(browser)).toMatchObject({
      email: { value: null, state: 'not_agreed' },
      email_verified: { value: null, state: 'not_agreed' },
      nickname: { value: '김하늘' },
    })
    expect(await readJson(await browser.get('/session/'))).toMatchObject({
      user: { email: null, email_verified: false },
    })
  })

  test('an item missing from a scope that Kakao still has agreed to stays', async () => {
    const browser = await signUp(world, HANEUL)
    const narrow = await scene.open({
      async intercept(request, send) {
        const response = await send(request)
        if (!request.url.endsWith('/oauth/token')) return response
        return Response.json({ ...(await readJson(response)), scope: 'openid profile_nickname' })
      },
    })
    const other = narrow.browser()
    await login(narrow, other, HANEUL)
    await narrow.daemun.work()

    expect((await readConsents(browser)).account_email).toMatchObject({
      agreed: true,
      history: [{ path: 'login' }],
    })
    expect((await readProfile(browser)).email).toMatchObject({ value: 'haneul@example.com' })
  })

  test('an item that a login adds is told, by the path that it came', async () => {
    const browser = await signUp(world, { ...HANEUL, refuses: ['gender'] })
    world.clock.advance(HOUR_MS)
    await login(world, browser, HANEUL, { scope: 'gender' })
    await world.daemun.work()

    expect((await readConsents(browser)).gender).toMatchObject({
      agreed: true,
      since: ONE,
      path: 'login',
    })
    expect((await readProfile(browser)).gender).toMatchObject({ value: 'female', at: ONE })
    expect(await readAuditLog(scene)).toContain('consent.changed user ok')
  })

  test('two logins of one person at once write the ledger once', async () => {
    const logins = [world.browser(), world.browser(), world.browser(), world.browser()]
    const answers = await Promise.all(logins.map((browser) => login(world, browser, HANEUL)))
    await world.daemun.work()

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const [browser = world.browser()] = logins
    for (const item of Object.values(await readConsents(browser))) {
      expect(item.history).toHaveLength(1)
    }
    const told = (await readAuditLog(scene)).filter((line) => line.startsWith('user.created'))
    expect(told).toHaveLength(1)
  })
})

test.each(['/me/', '/me/consents/', '/me/terms/'])('%s is for those signed in', async (path) => {
  const scene = await createConsentScene(SQLITE)
  const response = await scene.world.browser().get(path)
  await scene.close()

  expect(response.status).toBe(401)
  expect(await readJson(response)).toMatchObject({ code: 'not_signed_in' })
})
