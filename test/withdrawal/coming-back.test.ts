import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { beginRelay, CALLBACK, postJson } from '../_support/ways.ts'
import { HANEUL, type World } from '../_support/world.ts'
import { endFaults, failUnlinks, isLinked, leave, readUnlinks } from './_support/leaving.ts'

const NATIVE = '/oauth/kakao/login/native/'
const ASKED = {
  next: '/inside?a=b',
  prompt: 'select_account',
  scope: 'account_email',
  login_hint: 'haneul@example.com',
}

describe.each(ENGINES)('coming back while Kakao still has the link, on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let formerId: unknown

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    world = await shared.open({ environment: { KAKAO_APP_ID: '123456' } })
    const browser = world.browser()
    formerId = await readUserId(await login(world, browser, HANEUL))
    await failUnlinks(world, { status: 503 })
    await leave(browser)
    await world.daemun.work()
    world.clock.advance(10_000)
  })
  afterEach(() => shared.close())

  async function readUserId(response: Response): Promise<unknown> {
    return ((await readJson(response)).user as { id: string }).id
  }

  test('the link is ended first, and the visitor sent once more, with the same parameters', async () => {
    await endFaults(world)
    const browser = world.browser()

    const again = await login(world, browser, HANEUL, ASKED)

    expect(again.status).toBe(302)
    expect(await isLinked(world, HANEUL)).toBe(false)
    expect(await readUnlinks(world)).toEqual([503, 200])
    const authorizeUrl = new URL(again.headers.get('location') ?? '')
    expect(Object.fromEntries(authorizeUrl.searchParams)).toMatchObject({
      scope: 'openid account_email',
      prompt: ASKED.prompt,
      login_hint: ASKED.login_hint,
    })
    expect((await browser.get('/session/')).status).toBe(401)

    const refuses = { ...HANEUL, refuses: ['account_email'] }
    const back = await world.kakao.authorize(authorizeUrl, refuses)
    const answer = await browser.get(back)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, ASKED.next])
    const { user } = await readJson(await browser.get('/session/'))
    // The consent was asked for anew, and refused.
    expect(user).toMatchObject({ nickname: '김하늘', email: null })
    expect((user as { id: string }).id).not.toBe(formerId)
  })

  test('whoever has come back keeps the new link', async () => {
    await endFaults(world)
    const browser = world.browser()
    const again = await login(world, browser, HANEUL)
    const back = await world.kakao.authorize(again.headers.get('location') ?? '', HANEUL)
    const answer = await browser.get(back)
    expect(await readJson(answer)).toMatchObject({ is_new_user: true })

    world.clock.advance(3_600_000)
    await world.daemun.work()

    expect(await isLinked(world, HANEUL)).toBe(true)
    expect(await readUnlinks(world)).toEqual([503, 200])
  })

  test('where the link cannot be ended, nobody is signed up: 503', async () => {
    const browser = world.browser()

    const answer = await login(world, browser, HANEUL)

    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect(await readJson(answer)).toMatchObject({ code: 'kakao_unavailable' })
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test('also after it was given up', async () => {
    world.clock.advance(31 * 86_400_000)
    await world.daemun.work()
    expect(world.log).toContainEqual(
      expect.objectContaining({ level: 'error', job: 'unlink', msg: 'a job was given up' }),
    )
    await endFaults(world)

    expect((await login(world, world.browser(), HANEUL)).status).toBe(302)
    expect(await isLinked(world, HANEUL)).toBe(false)
  })

  test('the same callback twice leads to Kakao twice', async () => {
    await endFaults(world)
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)

    expect((await browser.get(callback)).status).toBe(302)
    expect((await browser.get(callback)).status).toBe(302)
    expect(await readUnlinks(world)).toEqual([503, 200])
  })

  test('a relay is told to start again, and then comes in', async () => {
    await endFaults(world)
    const answer = await postJson(world, CALLBACK, await beginRelay(world))

    expect(answer.status).toBe(503)
    expect(await readJson(answer)).toMatchObject({ code: 'login_interrupted' })
    expect(await isLinked(world, HANEUL)).toBe(false)

    const next = await postJson(world, CALLBACK, await beginRelay(world))
    expect(await readJson(next)).toMatchObject({ is_new_user: true })
  })

  test.each(['id_token', 'access_token'] as const)(
    'what a phone has of the old link is refused for good: its %s',
    async (kind) => {
      const tokens = await getTokensOfPhone()
      await endFaults(world)

      for (const _attempt of [1, 2]) {
        const answer = await postJson(world, NATIVE, { [kind]: tokens[kind] })
        expect([400, 401]).toContain(answer.status)
        const { code } = await readJson(answer)
        expect(['kakao_token_refused', 'id_token_used']).toContain(code)
      }
      expect(await isLinked(world, HANEUL)).toBe(false)

      // Else Kakao would issue the very same token again.
      world.clock.advance(1000)
      const { [kind]: fresh } = await getTokensOfPhone()
      const answer = await postJson(world, NATIVE, { [kind]: fresh })
      expect(await readJson(answer)).toMatchObject({ is_new_user: true })
    },
  )

  /** As Kakao's SDK gets them, but that it has a key of its own. */
  async function getTokensOfPhone(): Promise<{ id_token: string; access_token: string }> {
    const redirect_uri = 'http://localhost:9999/phone'
    const url = new URL('http://localhost:8001/oauth/authorize')
    url.search = `${new URLSearchParams({ client_id: 'demo-rest-api-key', redirect_uri, response_type: 'code' })}`
    const back = await world.kakao.authorize(url, HANEUL)
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'demo-rest-api-key',
      client_secret: 'demo-client-secret',
      redirect_uri,
      code: back.searchParams.get('code') ?? '',
    })
    const token = new Request('http://localhost:8001/oauth/token', { method: 'POST', body })
    return (await (await world.kakao.fetch(token)).json()) as {
      id_token: string
      access_token: string
    }
  }
})
