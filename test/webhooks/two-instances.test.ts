import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { APP, HANEUL, type World } from '../_support/world.ts'
import { ACCOUNT_STATUS, sendWebhook, UNLINK, unlinkAtKakao } from './_support/hooked-world.ts'

describe.each(ENGINES)("Kakao's webhooks to two instances at once, on $name", (engine) => {
  let shared: SharedStore
  let one: World
  let other: World
  let db: Db

  beforeEach(async () => {
    shared = await createSharedStore(engine)
    one = await shared.open()
    other = await shared.open({ intercept: async (request) => await one.kakao.fetch(request) })
    db = (await openStoreAt(shared.url)).db
    await login(one, one.browser(), HANEUL)
    one.clock.advance(60_000)
  })
  afterEach(async () => {
    await db.destroy()
    await shared.close()
  })

  async function make(event: string): Promise<string> {
    const wanted = { kind: 'account_status', person: HANEUL.id, event, send: false }
    return (await sendWebhook(one, wanted)).token
  }

  async function tell({ daemun }: World, token: string): Promise<number> {
    const init = { method: 'POST', body: token }
    return (await daemun.fetch(new Request(APP + ACCOUNT_STATUS, init))).status
  }

  async function tellOfUnlink({ daemun }: World): Promise<number> {
    const headers = { authorization: 'KakaoAK demo-admin-key' }
    const body = new URLSearchParams({ app_id: '123456', user_id: HANEUL.id })
    const init = { method: 'POST', headers, body }
    return (await daemun.fetch(new Request(APP + UNLINK, init))).status
  }

  async function countLines(action: string): Promise<number> {
    const lines = db.selectFrom('audit_log').selectAll().where('action', '=', action)
    return (await lines.execute()).length
  }

  test('the same token, fifty times to each, has one effect', async () => {
    const token = await make('sessions-revoked')

    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => [tell(one, token), tell(other, token)]).flat(),
    )

    expect(new Set(statuses)).toEqual(new Set([202]))
    expect(await countLines('kakao.sessions-revoked')).toBe(1)
    expect(await countLines('session.revoked')).toBe(1)
  })

  test('an unlink that both are told of, in both ways, is one withdrawal', async () => {
    await unlinkAtKakao(one, HANEUL)
    const token = await make('user-unlinked')

    const statuses = await Promise.all([
      tellOfUnlink(one),
      tell(other, token),
      tellOfUnlink(other),
      tell(one, token),
    ])
    await Promise.all([one.daemun.work(), other.daemun.work()])

    expect(statuses).toEqual([200, 202, 200, 202])
    expect(await countLines('user.withdrawn')).toBe(1)
    expect(await countLines('session.revoked')).toBe(1)
    expect(await db.selectFrom('jobs').selectAll().execute()).toEqual([])
  })
})
