import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../../src/emulator/index.ts'
import { Browser } from '../_support/browser.ts'
import { createDurableUrl, ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { APP, BADA, createWorld, HANEUL, SOL, type World } from '../_support/world.ts'
import { isLinked } from '../withdrawal/_support/leaving.ts'

const LINK = '/oauth/kakao/link/'
const MINUTE = 60_000

describe.each(ENGINES)('a second Kakao account on $name', (engine) => {
  let world: World
  let url: string
  let browser: Browser

  beforeEach(async () => {
    url = await createDurableUrl(engine)
    world = await createWorld({ environment: { DATABASE_URL: url } })
    browser = world.browser()
  })
  afterEach(() => world.close())

  async function signIn(person: PersonChoices, into = browser): Promise<{ id: string }> {
    return (await readJson(await login(world, into, person))).user as { id: string }
  }

  /** Goes through Kakao as another person and comes back. */
  async function link(person: PersonChoices, query = ''): Promise<Response> {
    const start = await browser.get(LINK + query)
    expect(start.status).toBe(302)
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', person)
    return await browser.get(back)
  }

  async function listTies(): Promise<unknown[]> {
    const { identities } = await readJson(await browser.get('/me/identities/'))
    return (identities as { social_id: string }[]).map(({ social_id }) => social_id)
  }

  test('is another way in for the same user, whose session stays', async () => {
    const user = await signIn(HANEUL)
    const token = browser.cookies.get('daemun_session')

    const response = await link(BADA, '?next=/settings')

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/settings')
    expect(browser.cookies.get('daemun_session')).toBe(token)
    expect(await listTies()).toEqual([`kakao_${HANEUL.id}`, `kakao_${BADA.id}`])
    expect(await signIn(BADA, world.browser())).toMatchObject({ id: user.id })
    expect(await signIn(HANEUL, world.browser())).toMatchObject({ id: user.id })
  })

  test('makes Kakao ask who it is, whoever is signed in there', async () => {
    await signIn(HANEUL)
    const start = await browser.get(LINK)
    const query = new URL(start.headers.get('location') ?? '').searchParams
    expect(query.get('prompt')).toBe('login')
  })

  test('that comes back twice is tied once, with the same answer', async () => {
    await signIn(HANEUL)
    world.clock.advance(1000)
    const start = await browser.get(LINK)
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', BADA)
    // The second is on its way before the first has taken the cookie of the attempt.
    const cookies = new Map(browser.cookies)
    const first = await readJson(await browser.get(back))
    for (const [name, value] of cookies) browser.cookies.set(name, value)

    expect(await readJson(await browser.get(back))).toEqual(first)
    expect(await listTies()).toHaveLength(2)
  })

  test('that is the one they have changes nothing', async () => {
    await signIn(HANEUL)
    expect((await link(HANEUL)).status).toBe(200)
    expect(await listTies()).toEqual([`kakao_${HANEUL.id}`])
  })

  test('that is another user’s is refused, and both stay as they were', async () => {
    const other = await signIn(BADA, world.browser())
    await signIn(HANEUL)

    const response = await link(BADA)

    expect(response.status).toBe(409)
    expect(await readJson(response)).toMatchObject({ code: 'identity_taken' })
    expect(await listTies()).toEqual([`kakao_${HANEUL.id}`])
    expect(await signIn(BADA, world.browser())).toMatchObject({ id: other.id })
    await world.daemun.work()
    expect(await isLinked(world, BADA)).toBe(true)
  })

  test('takes a session, a recent sign-in and a start of our own', async () => {
    expect((await browser.get(LINK)).status).toBe(401)

    await signIn(HANEUL)
    const foreign = await browser.get(LINK, { 'sec-fetch-site': 'cross-site' })
    expect(foreign.status).toBe(403)
    expect(await readJson(foreign)).toMatchObject({ code: 'cross_site' })

    world.clock.advance(11 * MINUTE)
    const late = await browser.get(LINK)
    expect(late.status).toBe(403)
    expect(await readJson(late)).toMatchObject({ code: 'recent_login_required' })
  })

  test('that is not tied since the session ended on the way does not stay linked at Kakao', async () => {
    await world.close()
    let onExchanged: (() => Promise<void>) | undefined
    world = await createWorld({
      environment: { DATABASE_URL: await engine.createUrl(), SECRET_KEY: 'a secret for tests' },
      async intercept(request, send) {
        const answer = await send(request)
        if (new URL(request.url).pathname === '/oauth/token') await onExchanged?.()
        return answer
      },
    })
    browser = world.browser()
    await signIn(HANEUL)
    const elsewhere = new Browser(world.daemun.fetch, APP, new Map(browser.cookies))
    onExchanged = async () => void (await elsewhere.post('/logout/'))

    expect((await link(BADA)).status).toBe(401)

    expect(await isLinked(world, BADA)).toBe(false)
    expect(await isLinked(world, HANEUL)).toBe(true)
  })

  test('is not tied when the session has ended meanwhile', async () => {
    await signIn(HANEUL)
    const start = await browser.get(LINK)
    const back = await world.kakao.authorize(start.headers.get('location') ?? '', BADA)
    const attempts = new Map(browser.cookies)
    await browser.post('/logout/')
    for (const [name, value] of attempts) browser.cookies.set(name, value)

    expect((await browser.get(back)).status).toBe(401)
    expect(await signIn(BADA, world.browser())).toBeDefined()
    await signIn(HANEUL)
    expect(await listTies()).toEqual([`kakao_${HANEUL.id}`])
  })

  test('goes with its sessions, here and at Kakao, when its user cuts it', async () => {
    const user = await signIn(HANEUL)
    await link(BADA)
    const other = world.browser()
    await signIn(BADA, other)

    const response = await browser.delete(`/me/identities/kakao_${BADA.id}/`)
    await world.daemun.work()

    expect(response.status).toBe(204)
    expect(await listTies()).toEqual([`kakao_${HANEUL.id}`])
    expect((await browser.get('/session/')).status).toBe(200)
    expect((await other.get('/session/')).status).toBe(401)
    expect(await isLinked(world, BADA)).toBe(false)
    expect(await isLinked(world, HANEUL)).toBe(true)
    expect(await signIn(BADA, world.browser())).not.toMatchObject({ id: user.id })
  })

  test('leaves the one that is the only way in alone', async () => {
    await signIn(HANEUL)
    const response = await browser.delete(`/me/identities/kakao_${HANEUL.id}/`)

    expect(response.status).toBe(409)
    expect(await readJson(response)).toMatchObject({ code: 'last_identity' })
  })

  test('and where the other is cut at Kakao already', async () => {
    await signIn(HANEUL)
    await link(BADA)
    const { db } = await openStoreAt(url)
    const other = db.updateTable('identities').where('kakao_id', '=', BADA.id)
    await other.set({ state: 'unlinked' }).execute()
    await db.destroy()

    const response = await browser.delete(`/me/identities/kakao_${HANEUL.id}/`)

    expect(response.status).toBe(409)
    expect(await listTies()).toHaveLength(2)
  })

  test('of two cut at once, one stays', async () => {
    await signIn(HANEUL)
    await link(BADA)
    const [one, two] = [world.browser(), world.browser()]
    await signIn(HANEUL, one)
    await signIn(BADA, two)

    const responses = await Promise.all([
      one.delete(`/me/identities/kakao_${BADA.id}/`),
      two.delete(`/me/identities/kakao_${HANEUL.id}/`),
    ])

    const statuses = responses.map(({ status }) => status)
    expect(statuses).toContain(204)
    expect(statuses.filter((status) => status === 204)).toHaveLength(1)
  })

  test.each([`kakao_${SOL.id}`, 'kakao_', 'kakao_x', 'naver_1'])(
    '%s, which is not theirs, is not found',
    async (socialId) => {
      await signIn(HANEUL)
      await link(BADA)
      expect((await browser.delete(`/me/identities/${socialId}/`)).status).toBe(404)
      expect(await listTies()).toHaveLength(2)
    },
  )

  test('withdrawing ends both at Kakao', async () => {
    await signIn(HANEUL)
    await link(BADA)

    expect((await browser.delete('/me/')).status).toBe(200)
    await world.daemun.work()

    expect(await isLinked(world, HANEUL)).toBe(false)
    expect(await isLinked(world, BADA)).toBe(false)
  })
})
