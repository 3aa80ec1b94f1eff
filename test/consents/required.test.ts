import { afterEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { beginRelay, CALLBACK, postJson } from '../_support/ways.ts'
import { HANEUL, type World, type WorldOptions } from '../_support/world.ts'
import {
  type ConsentScene,
  createConsentScene,
  findLink,
  readAuditLog,
  readConsents,
  signUp,
} from './_support/consent-world.ts'

const REQUIRED = { KAKAO_REQUIRED_CONSENTS: 'account_email,phone_number' }
const WITHOUT_EMAIL = { ...HANEUL, refuses: ['account_email'] }
const CONSENT_URL = 'http://localhost:8000/oauth/kakao/login/?scope=openid,account_email'
const HTML = { accept: 'text/html' }

/** Comes back from Kakao as a browser that shows pages. */
async function loginForPage(
  world: World,
  browser: Browser,
  query: Record<string, string> = {},
  headers = {},
): Promise<Response> {
  const callback = await goToKakao(world, browser, WITHOUT_EMAIL, query)
  return await browser.get(callback, { ...HTML, ...headers })
}

function findTicket(page: string): string {
  return /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

describe.each(ENGINES)('required consents on $name', (engine) => {
  let scene: ConsentScene

  const open = async (options: WorldOptions = { environment: REQUIRED }): Promise<World> => {
    scene = await createConsentScene(engine, options)
    return scene.world
  }
  /** As after a restart with a longer list. */
  const openWithMore = async (): Promise<World> => await scene.open({ environment: REQUIRED })
  afterEach(() => scene.close())

  const count = async (table: 'users' | 'identities' | 'sessions' | 'consents' | 'profiles') =>
    (await scene.store.db.selectFrom(table).selectAll().execute()).length

  test('somebody new who does not give one is told which, and where to', async () => {
    const world = await open()
    const browser = world.browser()

    const answer = await login(world, browser, WITHOUT_EMAIL)

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({
      status: 403,
      code: 'consent_required',
      missing_consents: ['account_email'],
      consent_url: CONSENT_URL,
    })
    expect(browser.cookies.has('daemun_session')).toBe(false)
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('of somebody refused nothing is kept, and no link', async () => {
    const world = await open()
    await login(world, world.browser(), WITHOUT_EMAIL)

    expect(await findLink(world, HANEUL.id)).toBeUndefined()
    for (const table of ['users', 'identities', 'sessions', 'consents', 'profiles'] as const) {
      expect(await count(table)).toBe(0)
    }
    const claims = await scene.store.db.selectFrom('login_claims').selectAll().execute()
    expect(JSON.stringify(claims)).not.toContain(HANEUL.id)
    const lines = await scene.store.db.selectFrom('audit_log').selectAll().execute()
    expect(lines.filter(({ action }) => action === 'login.failed')).toEqual([
      expect.objectContaining({ result: 'refused', code: 'consent_required', user_id: null }),
    ])
    expect(JSON.stringify(lines)).not.toContain(HANEUL.id)
  })

  test('a link that Kakao would not end at once is ended behind the answer', async () => {
    let isAway = true
    const world = await open({
      environment: REQUIRED,
      intercept: async (request, send) =>
        isAway && request.url.endsWith('/v1/user/unlink')
          ? new Response('down', { status: 502 })
          : await send(request),
    })
    const answer = await login(world, world.browser(), WITHOUT_EMAIL)
    expect(await readJson(answer)).toMatchObject({ code: 'consent_required' })
    expect(await findLink(world, HANEUL.id)).toBeDefined()

    isAway = false
    world.clock.advance(60_000)
    await world.daemun.work()

    expect(await findLink(world, HANEUL.id)).toBeUndefined()
  })

  test('the same callback again gets the same answer', async () => {
    const world = await open()
    const browser = world.browser()
    const callback = await goToKakao(world, browser, WITHOUT_EMAIL)
    const first = await readJson(await browser.get(callback))
    const second = await readJson(await browser.get(callback))

    const { request_id: _one, ...told } = first
    expect(second).toMatchObject(told)
  })

  test('the address given leads in, once it is agreed to', async () => {
    const world = await open()
    const browser = world.browser()
    const refused = await login(world, browser, WITHOUT_EMAIL, { next: '/shop' })
    const { consent_url } = await readJson(refused)
    expect(consent_url).toBe(`${CONSENT_URL}&next=%2Fshop`)

    const start = await browser.get(String(consent_url))
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
    const answer = await browser.get(back)

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/shop')
    expect((await readConsents(browser)).account_email).toMatchObject({
      agreed: true,
      required: true,
    })
  })

  test('whoever agreed to all comes in, with one call to Kakao', async () => {
    const world = await open()
    const answer = await login(world, world.browser(), HANEUL)

    expect(answer.status).toBe(200)
    expect(world.takeCallsToKakao()).toEqual(['POST /oauth/token'])
  })

  test('a relay is refused alike', async () => {
    const world = await open()
    const answer = await postJson(world, CALLBACK, await beginRelay(world, WITHOUT_EMAIL))

    expect(await readJson(answer)).toMatchObject({
      code: 'consent_required',
      missing_consents: ['account_email'],
    })
    expect(await findLink(world, HANEUL.id)).toBeUndefined()
  })

  test('a scope that lacks an item is no refusal: Kakao decides', async () => {
    const world = await open({
      environment: REQUIRED,
      async intercept(request, send) {
        const response = await send(request)
        if (!request.url.endsWith('/oauth/token')) return response
        const { scope: _scope, ...tokens } = await readJson(response)
        return Response.json(tokens)
      },
    })
    const browser = world.browser()
    const answer = await login(world, browser, HANEUL)

    expect(answer.status).toBe(200)
    expect((await readConsents(browser)).phone_number).toMatchObject({ agreed: true })
    const refused = await login(world, world.browser(), {
      id: '1000000002',
      refuses: ['account_email'],
    })
    expect(refused.status).toBe(403)
  })

  test('while Kakao cannot say, nobody is refused and nobody let in', async () => {
    const world = await open({
      environment: REQUIRED,
      intercept: async (request, send) =>
        request.url.includes('/v2/user/scopes')
          ? new Response('down', { status: 502 })
          : await send(request),
    })
    const answer = await login(world, world.browser(), WITHOUT_EMAIL)

    expect(await readJson(answer)).toMatchObject({ status: 503, code: 'kakao_unavailable' })
    expect(await findLink(world, HANEUL.id)).toBeDefined()
  })

  test('a member meets it when the list has grown, and keeps link and other sessions', async () => {
    await open({})
    const elsewhere = await signUp(scene.world, WITHOUT_EMAIL)
    const world = await openWithMore()
    const before = await readConsents(elsewhere)

    // Linked at the other world's Kakao: this one has a link of its own, made by the login.
    const answer = await login(world, world.browser(), WITHOUT_EMAIL)

    expect(await readJson(answer)).toMatchObject({ status: 403, code: 'consent_required' })
    await world.daemun.work()
    expect(await findLink(world, HANEUL.id)).toBeDefined()
    expect((await elsewhere.get('/session/')).status).toBe(200)
    expect(await readConsents(elsewhere)).toEqual(before)
    expect(await count('users')).toBe(1)
  })

  test('the page of a member offers to leave, and leaving works without a session', async () => {
    await open({})
    await signUp(scene.world, WITHOUT_EMAIL)
    const world = await openWithMore()
    const browser = world.browser()

    const page = await (await loginForPage(world, browser)).text()
    const left = await browser.post(
      '/me/withdraw/',
      new URLSearchParams({ ticket: findTicket(page) }),
      HTML,
    )

    expect(left.status).toBe(303)
    expect(left.headers.get('location')).toBe('/?notice=withdrawn')
    expect(await count('users')).toBe(0)
    expect(await readAuditLog(scene)).toContain('user.withdrawn user ok')
    await world.daemun.work()
    expect(await findLink(world, HANEUL.id)).toBeUndefined()
    expect(await (await browser.get('/?notice=withdrawn')).text()).toContain('탈퇴하셨습니다')
  })
})

describe('the page', () => {
  let scene: ConsentScene

  const open = async (environment: Record<string, string> = REQUIRED): Promise<World> => {
    scene = await createConsentScene(SQLITE, { environment })
    return scene.world
  }
  afterEach(() => scene.close())

  test.each([
    ['ko', '카카오계정(이메일)', '동의하지 않고 탈퇴하기'],
    ['en', 'Kakao Account (email)', 'Close my account instead'],
  ])('of somebody new, in %s, names the item and offers the button alone', async (...words) => {
    const [language, item, offer] = words
    const world = await open()
    const accept = { 'accept-language': language }
    const answer = await loginForPage(world, world.browser(), { next: '/shop' }, accept)
    const page = await answer.text()

    expect(answer.status).toBe(403)
    expect(page).toContain(`<li>${item}</li>`)
    expect(page).toContain(`class="kakao-button" href="${CONSENT_URL}&amp;next=%2Fshop"`)
    expect(page).not.toContain(offer)
  })

  test('names an item that we have no word for by its id', async () => {
    const world = await open({ KAKAO_REQUIRED_CONSENTS: 'friends' })
    const page = await (await loginForPage(world, world.browser())).text()

    expect(page).toContain('<li>friends</li>')
  })

  test.each([
    ['garbled', async (_page: string) => 'garbled'],
    [
      'too old',
      async (page: string) => {
        scene.world.clock.advance(10 * 60_000 + 1)
        return findTicket(page)
      },
    ],
  ])('its way out takes no ticket that is %s', async (_title, toTicket) => {
    await open({})
    await signUp(scene.world, WITHOUT_EMAIL)
    const world = await scene.open({ environment: REQUIRED })
    const browser = world.browser()
    const page = await (await loginForPage(world, browser)).text()
    const ticket = await toTicket(page)

    const answer = await browser.post('/me/withdraw/', new URLSearchParams({ ticket }))

    expect(await readJson(answer)).toMatchObject({ status: 403, code: 'recent_login_required' })
    expect(await scene.store.db.selectFrom('users').selectAll().execute()).toHaveLength(1)
  })

  test('its way out without a ticket is for whoever is signed in', async () => {
    await open({})

    const answer = await scene.world.browser().post('/me/withdraw/', new URLSearchParams())

    expect(await readJson(answer)).toMatchObject({ status: 401, code: 'not_signed_in' })
  })

  test('its way out is closed to other sites', async () => {
    await open({})
    await signUp(scene.world, WITHOUT_EMAIL)
    const world = await scene.open({ environment: REQUIRED })
    const browser = world.browser()
    const ticket = findTicket(await (await loginForPage(world, browser)).text())

    const answer = await browser.post('/me/withdraw/', new URLSearchParams({ ticket }), {
      origin: 'https://elsewhere.example',
    })

    expect(await readJson(answer)).toMatchObject({ status: 403, code: 'cross_site' })
  })
})

test('consents are asked for first, whatever else is missing', async () => {
  const scene = await createConsentScene(SQLITE, { environment: REQUIRED })
  const { world } = scene
  const url = 'http://localhost:8001/_emulator/apps/123456'
  const consent_items = [{ id: 'account_email', level: 'optional' }]
  await world.kakao.fetch(
    new Request(url, { method: 'PATCH', body: JSON.stringify({ consent_items }) }),
  )
  const answer = await login(world, world.browser(), WITHOUT_EMAIL)
  await scene.close()

  expect(await readJson(answer)).toMatchObject({
    code: 'consent_required',
    missing_consents: ['account_email', 'phone_number'],
  })
})

test('what an app requires may still be taken back; the next login asks again', async () => {
  const scene = await createConsentScene(SQLITE, { environment: REQUIRED })
  const { world } = scene
  const browser = await signUp(world, HANEUL)
  const revoked = await readJson(await browser.delete('/me/consents/account_email'))
  world.clock.advance(60_000)
  const next = await login(world, world.browser(), HANEUL)
  await scene.close()

  expect(revoked).toMatchObject({ agreed: false, required: true })
  expect(await readJson(next)).toMatchObject({ code: 'consent_required' })
})
