import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../src/db/index.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { goToKakao, login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { beginRelay, CALLBACK, postForm, postJson } from '../_support/ways.ts'
import { HANEUL, KAKAO, type World } from '../_support/world.ts'

const APP_URL = 'https://app.example/signed-in'

describe.each(ENGINES)('the audit log of logins that fail, on $name', (engine) => {
  let shared: SharedStore
  let world: World
  let store: Store

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    world = await shared.open({
      environment: { APP_CALLBACK_URLS: APP_URL, KAKAO_APP_ID: '123456' },
    })
    store = await openStoreAt(shared.url)
  })
  afterEach(async () => {
    await store.db.destroy()
    await shared.close()
  })

  /** The lines, which know nobody. */
  async function readFailures(): Promise<[string, string | null][]> {
    const lines = await store.db.selectFrom('audit_log').selectAll().orderBy('id').execute()
    const failures = lines.filter(({ action }) => action === 'login.failed')
    for (const line of failures) {
      expect(line).toMatchObject({
        actor: 'system',
        user_id: null,
        session_id: null,
        sealed_origin: null,
        request_id: expect.stringMatching(/^\w+$/),
      })
    }
    return failures.map(({ result, code }) => [result, code])
  }

  async function failToken(fault: object): Promise<void> {
    const body = JSON.stringify({ path: '/oauth/token', ...fault })
    await world.kakao.fetch(new Request(`${KAKAO}/_emulator/faults`, { method: 'POST', body }))
  }

  test.each([
    ['Kakao refuses the code', { koe: 'KOE320' }, ['refused', 'code_refused']],
    ['Kakao is away', { status: 502 }, ['failed', 'kakao_unavailable']],
    ['our settings are wrong', { koe: 'KOE010' }, ['failed', 'kakao_misconfigured']],
  ])('where %s, one line, however often the code comes', async (_why, fault, failure) => {
    await failToken(fault)
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)

    for (let time = 0; time < 3; time += 1) await browser.get(callback)

    expect(await readFailures()).toEqual([failure])
    const lines = JSON.stringify(await store.db.selectFrom('audit_log').selectAll().execute())
    expect(lines).not.toContain(callback.searchParams.get('code'))
    expect(lines).not.toContain(callback.searchParams.get('state'))
  })

  test.each([
    ['as JSON', {}],
    ['with a way back', { next: '/' }],
    ['of an app', { delivery: 'code', next: APP_URL, ...pkce() }],
  ])('where the visitor turns back from a login %s', async (_how, query) => {
    await login(world, world.browser(), { ...HANEUL, cancels: true }, query)
    expect(await readFailures()).toEqual([['refused', 'login_cancelled']])
  })

  test('where this browser has begun no such login', async () => {
    await world.browser().get(`${CALLBACK}?code=x&state=y`)
    expect(await readFailures()).toEqual([['refused', 'state_invalid']])
  })

  test('where the answer to a code is too old', async () => {
    const browser = world.browser()
    const callback = await goToKakao(world, browser, HANEUL)
    const cookies = new Map(browser.cookies)
    await browser.get(callback)
    world.clock.advance(61_000)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    await browser.get(callback)

    expect(await readFailures()).toEqual([['refused', 'code_used']])
  })

  test('of a relay', async () => {
    const relay = await beginRelay(world)
    await failToken({ koe: 'KOE320' })
    await postJson(world, CALLBACK, { ...relay, attempt: 'garbled' })
    await postJson(world, CALLBACK, relay)

    expect(await readFailures()).toEqual([
      ['refused', 'attempt_invalid'],
      ['refused', 'code_refused'],
    ])
  })

  test('of a phone', async () => {
    const path = '/oauth/kakao/login/native/'
    await postJson(world, path, { id_token: 'a.b.c' })
    await postJson(world, path, { access_token: 'nobody' })

    expect(await readFailures()).toEqual([
      ['refused', 'id_token_invalid'],
      ['refused', 'kakao_token_refused'],
    ])
  })

  test('of an app that cannot prove that the code is its own', async () => {
    const query = { delivery: 'code', next: APP_URL, ...pkce() }
    const back = await login(world, world.browser(), HANEUL, query)
    const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const exchange = { grant_type: 'authorization_code', code, code_verifier: 'x'.repeat(43) }
    await postForm(world, '/oauth/token/', exchange)

    expect(await readFailures()).toEqual([['refused', 'grant_invalid']])
  })

  test.each([
    ['that went well', {}],
    ['tried in silence', { prompt: 'none', next: '/' }],
  ])('has nothing of one %s', async (_how, query) => {
    await login(world, world.browser(), HANEUL, query)
    expect(await readFailures()).toEqual([])
  })
})

function pkce() {
  return {
    code_challenge: Buffer.alloc(32, 1).toString('base64url'),
    code_challenge_method: 'S256',
  }
}
