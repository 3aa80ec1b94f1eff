import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import type { Browser } from '../_support/browser.ts'
import { dumpTables } from '../_support/dump.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { APP_CALLBACK, exchangeOneTimeCode, getOneTimeCode } from '../_support/one-time-code.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { askSession, loginByRelay, refresh } from '../_support/ways.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { isLinked, leave, readUnlinks } from './_support/leaving.ts'

describe.each(ENGINES)('withdrawal on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let store: Store
  let browser: Browser

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    world = await shared.open()
    store = await openStoreAt(shared.url)
    browser = world.browser()
    await login(world, browser, HANEUL)
  })
  afterEach(async () => {
    await store.db.destroy()
    await shared.close()
  })

  const count = async (table: 'users' | 'identities' | 'sessions' | 'refresh_tokens' | 'jobs') =>
    (await store.db.selectFrom(table).selectAll().execute()).length
  const readLines = async () =>
    await store.db.selectFrom('audit_log').selectAll().orderBy('id').execute()

  test('says when, and what comes of it', async () => {
    const answer = await leave(browser)

    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await readJson(answer)).toEqual({
      withdrawn_at: '2026-01-01T12:00:00.000Z',
      rejoin_at: null,
      retained: [],
    })
  })

  test('ends every session, on every device, and takes the cookies away', async () => {
    const other = world.browser()
    await login(world, other, HANEUL)
    const { access_token, refresh_token } = await loginByRelay(world)

    await leave(browser)

    expect(browser.cookies.size).toBe(0)
    expect((await other.get('/session/')).status).toBe(401)
    expect((await askSession(world, access_token)).status).toBe(401)
    expect((await refresh(world, refresh_token)).status).toBe(400)
  })

  test('a bearer token is as good as a cookie, from anywhere', async () => {
    const { access_token } = await loginByRelay(world)
    const headers = {
      authorization: `Bearer ${access_token}`,
      cookie: '',
      origin: 'https://app.example',
    }

    expect((await browser.delete('/me', headers)).status).toBe(200)
    expect((await browser.get('/session/')).status).toBe(401)
  })

  test.each([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['a page of another subdomain', { 'sec-fetch-site': 'same-site' }],
  ])('with a cookie, %s cannot ask for it', async (_who, headers) => {
    const answer = await browser.delete('/me/', headers)

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({ code: 'cross_site' })
    expect((await browser.get('/session/')).status).toBe(200)
  })

  test('nobody signed in: 401', async () => {
    expect((await leave(world.browser())).status).toBe(401)
  })

  test('leaves the id, the time and the cause, and nobody else is touched', async () => {
    const { user } = await readJson(await browser.get('/session/'))
    await login(world, world.browser(), BADA)

    await leave(browser)

    expect(await store.db.selectFrom('departed_users').selectAll().execute()).toEqual([
      {
        id: (user as { id: string }).id,
        departed_at: world.clock.now().getTime(),
        withdrawn_by: 'member',
        reason: 'requested',
      },
    ])
    expect([await count('users'), await count('identities'), await count('sessions')]).toEqual([
      1, 1, 1,
    ])
  })

  test('leaves no code that would sign them in, and no work but the unlink', async () => {
    const environment = { APP_CALLBACK_URLS: APP_CALLBACK, KAKAO_TOKENS: 'keep' }
    const apps = await shared.open({ environment })
    const code = await getOneTimeCode(apps)
    const { user } = await readJson(await browser.get('/session/'))
    const { id } = user as { id: string }
    const findNaming = async () => {
      const tables = Object.entries(await dumpTables(store.db))
      return tables.filter(([, rows]) => rows.join().includes(id)).map(([table]) => table)
    }
    expect(await findNaming()).toEqual(expect.arrayContaining(['one_time_codes', 'jobs']))

    await leave(browser)

    expect(await findNaming()).toEqual(['audit_log', 'departed_users'])
    const jobs = await store.db.selectFrom('jobs').select('kind').execute()
    expect(jobs).toEqual([{ kind: 'unlink' }])
    const answer = await exchangeOneTimeCode(apps, { code, redirect_uri: APP_CALLBACK })
    expect(answer.status).toBe(400)
  })

  test('the audit log tells it in order, and knows nothing of the device any more', async () => {
    world.clock.advance(1)
    await leave(browser)
    world.clock.advance(1)
    await world.daemun.work()

    const lines = await readLines()
    expect(lines.map(({ action, result }) => `${action} ${result}`)).toEqual([
      'user.created ok',
      'user.signed_in ok',
      'session.revoked ok',
      'user.withdrawn ok',
      'kakao.unlinked ok',
    ])
    const ofThemself = `user:${lines[0]?.user_id}`
    expect(lines.map(({ actor }) => actor)).toEqual([
      ...Array.from({ length: 4 }, () => ofThemself),
      'system',
    ])
    expect(new Set(lines.map(({ user_id }) => user_id)).size).toBe(1)
  })

  test('the link at Kakao is ended, by the admin key, once', async () => {
    expect(await isLinked(world, HANEUL)).toBe(true)
    await leave(browser)
    await world.daemun.work()
    await world.daemun.work()

    expect(await isLinked(world, HANEUL)).toBe(false)
    expect(await readUnlinks(world)).toEqual([200])
    expect(await count('jobs')).toBe(0)
  })

  test('of two requests at once, one is carried out', async () => {
    const answers = await Promise.all([leave(browser), leave(browser)])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
    await world.daemun.work()
    expect(await readUnlinks(world)).toEqual([200])
  })

  test('a sign-in of more than ten minutes ago is too old: 403, and where to sign in again', async () => {
    world.clock.advance(600_000)
    const inTime = await loginByRelay(world, BADA)
    world.clock.advance(1)

    const answer = await leave(browser)

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({
      code: 'recent_login_required',
      login_url: 'http://localhost:8000/oauth/kakao/login/?next=%2Fme%2Fwithdraw%2F&prompt=login',
    })
    expect((await browser.get('/session/')).status).toBe(200)
    expect(await readLines()).toContainEqual(
      expect.objectContaining({
        action: 'withdrawal.refused',
        result: 'refused',
        code: 'recent_login_required',
        session_id: expect.stringMatching(/^ses_/),
      }),
    )

    const bearer = { authorization: `Bearer ${inTime.access_token}` }
    expect((await world.browser().delete('/me/', bearer)).status).toBe(200)
  })

  test('a refresh makes no sign-in recent', async () => {
    const { refresh_token } = await loginByRelay(world)
    world.clock.advance(600_001)
    const { access_token } = await readJson(await refresh(world, refresh_token))

    const bearer = { authorization: `Bearer ${access_token}` }
    expect((await world.browser().delete('/me/', bearer)).status).toBe(403)
  })
})
