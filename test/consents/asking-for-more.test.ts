import { afterEach, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../../src/emulator/index.ts'
import type { Browser } from '../_support/browser.ts'
import { ENGINES, SQLITE } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { BADA, HANEUL, KAKAO, type World } from '../_support/world.ts'
import {
  type ConsentScene,
  createConsentScene,
  findLink,
  readAuditLog,
  readConsents,
  readProfile,
  signUp,
  WITHOUT_ADMIN_KEY,
} from './_support/consent-world.ts'

const CONSENT = '/oauth/kakao/consent/'
const HAS_NOT = { ...HANEUL, refuses: ['gender', 'phone_number'] }

/** Asks for more, and goes to Kakao and back. */
async function askFor(
  world: World,
  browser: Browser,
  person: PersonChoices,
  query: Record<string, string>,
): Promise<Response> {
  const start = await browser.get(`${CONSENT}?${new URLSearchParams(query)}`)
  if (start.status !== 302) throw new Error(`not asked: ${await start.text()}`)
  const url = start.headers.get('location') ?? ''
  return await browser.get(await world.kakao.authorize(url, person))
}

describe.each(ENGINES)('asking for more on $name', (engine) => {
  let scene: ConsentScene

  const open = async (environment: Record<string, string> = {}): Promise<World> => {
    scene = await createConsentScene(engine, { environment })
    return scene.world
  }
  afterEach(() => scene.close())

  test('goes through Kakao and back, and keeps the session', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)
    const before = await readJson(await browser.get('/session/'))
    world.clock.advance(60_000)

    const start = await browser.get(`${CONSENT}?scope=gender,phone_number&next=/shop`)
    const url = new URL(start.headers.get('location') ?? '')
    expect(url.origin).toBe(KAKAO)
    expect(url.searchParams.get('scope')?.split(/[ ,]/)).toEqual([
      'openid',
      'gender',
      'phone_number',
    ])
    const answer = await browser.get(await world.kakao.authorize(url, HANEUL))

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/shop')
    const after = await readJson(await browser.get('/session/'))
    expect(after.session).toEqual(before.session)
    // The answer has waited for what was asked for.
    expect(after.user).toMatchObject({ phone_number: '+821012345678' })
    expect((await readConsents(browser)).gender).toMatchObject({
      agreed: true,
      path: 'consent',
      since: '2026-01-01T12:01:00.000Z',
    })
    expect((await readProfile(browser)).gender).toMatchObject({ value: 'female' })
    const lines = await readAuditLog(scene)
    expect(lines.filter((line) => line === 'consent.changed user ok')).toHaveLength(2)
    expect(lines.filter((line) => line.startsWith('user.signed_in'))).toHaveLength(1)
  })

  test('without next answers as a login does', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)

    const answer = await askFor(world, browser, HANEUL, { scope: 'phone_number' })

    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie().join()).not.toContain('daemun_session')
    expect(await readJson(answer)).toMatchObject({
      social_id: 'kakao_1000000001',
      is_new_user: false,
      user: { phone_number: '+821012345678' },
    })
  })

  test('that the person refuses changes nothing', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)

    const answer = await askFor(
      world,
      browser,
      { ...HANEUL, cancels: true },
      { scope: 'gender', next: '/shop' },
    )

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/shop?error=access_denied')
    expect((await browser.get('/session/')).status).toBe(200)
    expect((await readConsents(browser)).gender).toMatchObject({ agreed: false })
  })

  test('of another member is refused, and neither of the two is changed', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)
    const other = await signUp(world, { ...BADA, refuses: ['gender'] })
    const before = [await readConsents(browser), await readConsents(other)]

    const answer = await askFor(world, browser, BADA, { scope: 'gender' })

    expect(answer.status).toBe(409)
    expect(await readJson(answer)).toMatchObject({ code: 'identity_mismatch' })
    expect([await readConsents(browser), await readConsents(other)]).toEqual(before)
    expect(await readJson(await browser.get('/session/'))).toMatchObject({
      user: { nickname: '김하늘' },
    })
    expect(await findLink(world, BADA.id)).toBeDefined()
  })

  test('that a stranger answers leaves them no link', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)

    const answer = await askFor(world, browser, BADA, { scope: 'gender' })

    expect(await readJson(answer)).toMatchObject({ status: 409, code: 'identity_mismatch' })
    expect(await findLink(world, BADA.id)).toBeUndefined()
    expect((await browser.get('/session/')).status).toBe(200)
    const created = (await readAuditLog(scene)).filter((line) => line.startsWith('user.created'))
    expect(created).toHaveLength(1)
  })

  test('by somebody who has logged out meanwhile makes nothing of it', async () => {
    const world = await open()
    const browser = await signUp(world, HAS_NOT)
    const cookies = new Map(browser.cookies)
    const start = await browser.get(`${CONSENT}?scope=gender`)
    const attempt = new Map(browser.cookies)
    await browser.post('/logout/')
    for (const [name, value] of attempt) if (!cookies.has(name)) browser.cookies.set(name, value)

    const back = await world.kakao.authorize(start.headers.get('location') ?? '', HANEUL)
    const answer = await browser.get(back)

    expect(answer.status).toBe(401)
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('keeps the token that reaches further in the place of the old one', async () => {
    const world = await open(WITHOUT_ADMIN_KEY)
    const browser = await signUp(world, HAS_NOT)
    world.clock.advance(60_000)

    await askFor(world, browser, HANEUL, { scope: 'gender' })
    await askFor(world, browser, HANEUL, { scope: 'phone_number' })

    const kept = await scene.store.db.selectFrom('kakao_tokens').selectAll().execute()
    expect(kept).toHaveLength(1)
    expect(await readJson(await browser.delete('/me/consents/gender'))).toMatchObject({
      agreed: false,
    })
  })
})

test.each([
  ['nothing', '', 'parameter_invalid'],
  ['openid alone', '?scope=openid', 'parameter_invalid'],
  ['what is no list of ids', '?scope=a%26b', 'parameter_invalid'],
  ['it twice', '?scope=gender&scope=name', 'duplicate_parameter'],
  ['a way elsewhere', '?scope=gender&next=https://elsewhere.example', 'next_not_allowed'],
])('asking for %s is refused', async (_what, query, code) => {
  const scene = await createConsentScene(SQLITE)
  const browser = await signUp(scene.world, HANEUL)
  const answer = await browser.get(CONSENT + query)
  await scene.close()

  expect(await readJson(answer)).toMatchObject({ status: 400, code })
})

test('asking is for those signed in: a browser gets a page with the button', async () => {
  const scene = await createConsentScene(SQLITE)
  const guest = scene.world.browser()
  const answer = await guest.get(`${CONSENT}?scope=gender`)
  const page = await guest.get(`${CONSENT}?scope=gender`, { accept: 'text/html' })
  await scene.close()

  expect(await readJson(answer)).toMatchObject({ status: 401, code: 'not_signed_in' })
  expect(page.status).toBe(401)
  expect(await page.text()).toContain('class="kakao-button"')
})

test('without OpenID Connect no openid is asked for', async () => {
  const scene = await createConsentScene(SQLITE, { environment: { KAKAO_OIDC: 'off' } })
  const browser = scene.world.browser()
  await login(scene.world, browser, HAS_NOT)
  const start = await browser.get(`${CONSENT}?scope=openid,gender`)
  const answer = await askFor(scene.world, browser, HANEUL, { scope: 'gender' })
  await scene.close()

  expect(new URL(start.headers.get('location') ?? '').searchParams.get('scope')).toBe('gender')
  expect(answer.status).toBe(200)
})
