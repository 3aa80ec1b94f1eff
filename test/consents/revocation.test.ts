import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { goToKakao, readJson } from '../_support/login.ts'
import { loginByRelay } from '../_support/ways.ts'
import { HANEUL, type World, type WorldOptions } from '../_support/world.ts'
import {
  type ConsentScene,
  createConsentScene,
  findLink,
  readAuditLog,
  readConsents,
  readProfile,
  signUp,
  unlinkAtKakao,
  WITHOUT_ADMIN_KEY,
} from './_support/consent-world.ts'

const EMAIL = '/me/consents/account_email/'
const REVOKE = '/v2/user/revoke/scopes'
const MINUTE_MS = 60_000

describe.each(ENGINES)('revoking a consent on $name', (engine) => {
  let scene: ConsentScene

  const open = async (options?: WorldOptions): Promise<World> => {
    scene = await createConsentScene(engine, options)
    return scene.world
  }
  afterEach(() => scene.close())

  test('revokes it at Kakao, and erases what it covered', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)
    world.clock.advance(MINUTE_MS)

    const answer = await browser.delete(EMAIL)

    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await readJson(answer)).toEqual({
      id: 'account_email',
      agreed: false,
      required: false,
      revocable: null,
      since: '2026-01-01T12:01:00.000Z',
      path: 'revocation',
      history: [
        { agreed: true, at: '2026-01-01T12:00:00.000Z', path: 'login' },
        { agreed: false, at: '2026-01-01T12:01:00.000Z', path: 'revocation' },
      ],
    })
    expect((await findLink(world, HANEUL.id))?.scopes).not.toContain('account_email')
    expect(await readProfile(browser)).toMatchObject({
      email: { value: null, state: 'not_agreed' },
      email_verified: { value: null, state: 'not_agreed' },
      phone_number: { value: '+821012345678', state: 'shared' },
    })
    const told = (await readAuditLog(scene)).filter((line) => line.includes('user ok'))
    expect(told).toEqual(
      expect.arrayContaining(['consent.changed user ok', 'user.updated user ok']),
    )
  })

  test('of what is not agreed to has nothing to do', async () => {
    const world = await open()
    const browser = await signUp(world, { ...HANEUL, refuses: ['account_email'] })
    world.takeCallsToKakao()

    const answer = await browser.delete(EMAIL)

    expect(answer.status).toBe(200)
    expect(await readJson(answer)).toMatchObject({ agreed: false, path: 'login' })
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('that Kakao needs is refused, and changes nothing', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)

    const answer = await browser.delete('/me/consents/profile_nickname')

    expect(answer.status).toBe(409)
    expect(await readJson(answer)).toMatchObject({ code: 'consent_not_revocable', kakao_code: -3 })
    expect((await readConsents(browser)).profile_nickname).toMatchObject({
      agreed: true,
      required: true,
      revocable: false,
      history: [{ agreed: true }],
    })
    expect((await readProfile(browser)).nickname).toMatchObject({ value: '김하늘' })
    expect(await readAuditLog(scene)).toContain(
      'consent.changed user refused consent_not_revocable',
    )
  })

  test('while Kakao is out of reach changes nothing', async () => {
    const world = await open({
      intercept: async (request, send) =>
        request.url.endsWith(REVOKE) ? new Response('down', { status: 502 }) : await send(request),
    })
    const browser = await signUp(world, HANEUL)

    const answer = await browser.delete(EMAIL)

    expect(answer.status).toBe(503)
    expect(answer.headers.has('retry-after')).toBe(true)
    expect(await readJson(answer)).toMatchObject({ code: 'kakao_unavailable' })
    expect((await readConsents(browser)).account_email).toMatchObject({ agreed: true })
    expect((await readProfile(browser)).email).toMatchObject({ value: 'haneul@example.com' })
    expect(await readAuditLog(scene)).toContain('consent.changed user failed kakao_unavailable')
  })

  test('whose answer got lost is found out later', async () => {
    const world = await open({
      async intercept(request, send) {
        const response = await send(request)
        if (request.url.endsWith(REVOKE)) throw new TypeError('the connection broke')
        return response
      },
    })
    const browser = await signUp(world, HANEUL)
    expect((await browser.delete(EMAIL)).status).toBe(503)
    await world.daemun.work()
    expect((await readConsents(browser)).account_email).toMatchObject({ agreed: true })

    world.clock.advance(2 * MINUTE_MS)
    await world.daemun.work()

    expect((await readConsents(browser)).account_email).toMatchObject({
      agreed: false,
      path: 'sync',
    })
    expect((await readProfile(browser)).email).toMatchObject({ value: null, state: 'not_agreed' })
  })

  test('that went well asks Kakao nothing more', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)
    world.takeCallsToKakao()
    await browser.delete(EMAIL)
    world.clock.advance(2 * MINUTE_MS)
    await world.daemun.work()

    expect(world.takeCallsToKakao()).toEqual([`POST ${REVOKE}`])
  })

  test('is not undone by a login that Kakao granted it to before', async () => {
    let holdTokens: Promise<void> | undefined
    const world = await open({
      async intercept(request, send) {
        const response = await send(request)
        if (request.url.endsWith('/oauth/token')) await holdTokens
        return response
      },
    })
    const browser = await signUp(world, HANEUL)
    let release = () => {}
    holdTokens = new Promise((resolve) => {
      release = resolve
    })
    world.clock.advance(MINUTE_MS)
    const other = world.browser()
    const callback = await goToKakao(world, other, HANEUL)
    world.takeCallsToKakao()
    const login = other.get(callback)
    await expect.poll(() => world.takeCallsToKakao()).toEqual(['POST /oauth/token'])
    world.clock.advance(1000)
    expect((await browser.delete(EMAIL)).status).toBe(200)
    release()

    expect(await readJson(await login)).toMatchObject({ user_email: null })
    expect((await readConsents(other)).account_email).toMatchObject({
      agreed: false,
      path: 'revocation',
    })
    await world.daemun.work()
    expect((await readConsents(other)).account_email?.history).toHaveLength(2)
    expect((await readProfile(other)).email).toMatchObject({ value: null, state: 'not_agreed' })
  })

  test('is not undone by a reading that began before', async () => {
    let duringReading = async () => {}
    const world = await open({
      async intercept(request, send) {
        const response = await send(request)
        if (request.url.includes('/v2/user/scopes')) await duringReading()
        return response
      },
    })
    const browser = world.browser()
    await browser.get(await goToKakao(world, browser, HANEUL))
    duringReading = async () => {
      duringReading = async () => {}
      world.clock.advance(1000)
      expect((await browser.delete(EMAIL)).status).toBe(200)
    }

    await world.daemun.work()

    expect((await readConsents(browser)).account_email).toMatchObject({
      agreed: false,
      path: 'revocation',
    })
    expect((await readProfile(browser)).email).toMatchObject({ value: null, state: 'not_agreed' })
    expect((await readProfile(browser)).gender).toMatchObject({ value: 'female' })
  })

  test('twice at once is one revocation', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)
    world.clock.advance(MINUTE_MS)

    const answers = await Promise.all([browser.delete(EMAIL), browser.delete(EMAIL)])

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await readConsents(browser)).account_email?.history).toHaveLength(2)
  })
})

describe('revoking a consent', () => {
  let scene: ConsentScene

  const open = async (environment: Record<string, string> = {}): Promise<World> => {
    scene = await createConsentScene(SQLITE, { environment })
    return scene.world
  }
  afterEach(() => scene.close())

  test.each(['nonsense', 'openid', '%20'])('there is no %s to revoke', async (id) => {
    const browser = await signUp(await open(), HANEUL)
    const answer = await browser.delete(`/me/consents/${id}`)

    expect(answer.status).toBe(404)
    expect(await readJson(answer)).toMatchObject({ code: 'consent_unknown' })
  })

  test('is for those signed in, from pages of our own', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)
    const fromElsewhere = await browser.delete(EMAIL, { origin: 'https://elsewhere.example' })

    expect(await readJson(fromElsewhere)).toMatchObject({ status: 403, code: 'cross_site' })
    expect((await world.browser().delete(EMAIL)).status).toBe(401)
    expect((await readConsents(browser)).account_email).toMatchObject({ agreed: true })
  })

  test('works by access token, from anywhere', async () => {
    const world = await open()
    const { access_token } = await loginByRelay(world)
    const headers = { authorization: `Bearer ${access_token}`, origin: 'https://app.example' }

    const answer = await world.browser().delete(EMAIL, headers)
    expect(await readJson(answer)).toMatchObject({ id: 'account_email', agreed: false })
  })

  test('without an admin key is done with the token that is kept', async () => {
    const world = await open(WITHOUT_ADMIN_KEY)
    const browser = await signUp(world, HANEUL)

    expect(await readJson(await browser.delete(EMAIL))).toMatchObject({ agreed: false })
    expect((await findLink(world, HANEUL.id))?.scopes).not.toContain('account_email')
  })

  test('with a kept token that is dead wants a new login, and says where', async () => {
    const world = await open(WITHOUT_ADMIN_KEY)
    const browser = await signUp(world, HANEUL)
    await unlinkAtKakao(world, HANEUL.id)
    world.clock.advance(7 * 60 * MINUTE_MS)

    const answer = await browser.delete(EMAIL)
    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({
      code: 'recent_login_required',
      login_url: 'http://localhost:8000/oauth/kakao/login/?next=%2F&prompt=login',
    })
  })

  test('with no means to do it says that our settings are at fault', async () => {
    const world = await open({ ...WITHOUT_ADMIN_KEY, KAKAO_TOKENS: 'never' })
    const browser = await signUp(world, HANEUL)

    const answer = await browser.delete(EMAIL)
    expect(answer.status).toBe(502)
    expect(await readJson(answer)).toMatchObject({ code: 'kakao_misconfigured' })
    expect((await readConsents(browser)).account_email).toMatchObject({ agreed: true })
  })

  test('of somebody who is not linked any more erases it all the same', async () => {
    const world = await open()
    const browser = await signUp(world, HANEUL)
    await unlinkAtKakao(world, HANEUL.id)

    expect(await readJson(await browser.delete(EMAIL))).toMatchObject({ agreed: false })
    expect((await readProfile(browser)).email).toMatchObject({ value: null })
  })
})
