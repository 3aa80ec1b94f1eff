import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { addFigures } from '../_support/figures.ts'
import { type Json, readJson } from '../_support/login.ts'
import { CALLBACK } from '../_support/ways.ts'
import { ACCOUNT_STATUS, UNLINK } from '../webhooks/_support/hooked-world.ts'
import { LOAD_PEOPLE } from './_support/load.ts'
import { type LoneServer, loginAt, startLoneServer } from './_support/lone-server.ts'
import { DISK_KINDS, type SmallDisk } from './_support/small-disk.ts'

const PATIENT = { timeout: 20_000, interval: 100 }
const [MEMBER, STRANGER, ...OTHERS] = LOAD_PEOPLE

describe.each(DISK_KINDS)('SQLite on $name', (kind) => {
  let disk: SmallDisk
  let service: LoneServer
  let path: string

  beforeEach(async () => {
    disk = await kind.create()
    path = join(disk.folder, 'daemun.db')
    service = await startLoneServer(disk.folder, `sqlite:${path}`)
  })
  afterEach(async () => {
    await service.close()
    await disk.close()
  })

  async function signIn({ id } = MEMBER ?? { id: '' }): Promise<Browser> {
    const browser = service.browser()
    expect((await loginAt(service, browser, { id })).status).toBe(200)
    return browser
  }

  async function postJson(browser: Browser, to: string, body: object): Promise<Response> {
    return await browser.post(to, JSON.stringify(body), { 'content-type': 'application/json' })
  }

  async function beginRelay(): Promise<object> {
    const begun = await postJson(service.browser(), '/oauth/kakao/login/', {})
    const { authorize_url, attempt } = await readJson(begun)
    const back = await service.authorize(String(authorize_url), { id: MEMBER?.id ?? '' })
    return { ...Object.fromEntries(back.searchParams), attempt }
  }

  const endRelay = async (relay: object) => await postJson(service.browser(), CALLBACK, relay)

  async function refresh({ refresh_token }: Json): Promise<Response> {
    const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token) }
    return await service.browser().post('/oauth/token/', new URLSearchParams(fields))
  }

  async function revoke({ refresh_token }: Json): Promise<Response> {
    const fields = new URLSearchParams({ token: String(refresh_token) })
    return await service.browser().post('/oauth/revoke/', fields)
  }

  async function unlinkWebhook(): Promise<Response> {
    const query = new URLSearchParams({ app_id: '123456', user_id: MEMBER?.id ?? '' })
    const headers = { authorization: 'KakaoAK demo-admin-key' }
    return await service.browser().get(`${UNLINK}?${query}`, headers)
  }

  async function makeEventToken(): Promise<string> {
    const wanted = { kind: 'account_status', person: MEMBER?.id, event: 'user-linked', send: false }
    const body = JSON.stringify(wanted)
    const request = new Request(`${service.kakaoUrl}/_emulator/webhooks`, { method: 'POST', body })
    return String((await readJson(await service.kakao.fetch(request))).token)
  }

  /** What was written and then taken out of the journal again leaves room in it for a while. */
  async function useUp(tokens: Json, people: readonly { id: string }[]): Promise<void> {
    for (const person of people) {
      const [answer, refreshed] = [
        await loginAt(service, service.browser(), person),
        await refresh(tokens),
      ]
      if (refreshed.status === 200) Object.assign(tokens, await readJson(refreshed))
      if (answer.status === 503 && refreshed.status === 503) return
    }
    throw new Error('the disk is not full')
  }

  function checkIntegrity(): unknown {
    const database = new DatabaseSync(path, { readOnly: true })
    const rows = database.prepare('pragma integrity_check').all()
    database.close()
    return rows
  }

  test('each write says so and loses nothing, reads go on, and room mends it', async () => {
    const browser = await signIn()
    const other = await signIn()
    const leaver = await signIn(STRANGER)
    const tokens = await readJson(await endRelay(await beginRelay()))
    const revoked = await readJson(await endRelay(await beginRelay()))
    const relay = await beginRelay()
    const token = await makeEventToken()
    ageSessions(path)
    disk.fill(service.server.pid)
    await useUp(tokens, OTHERS)

    const writes: Record<string, () => Promise<Response>> = {
      login: () => loginAt(service, service.browser(), { id: MEMBER?.id ?? '' }),
      'sign-up': () => loginAt(service, service.browser(), { id: OTHERS.at(-1)?.id ?? '' }),
      relay: () => endRelay(relay),
      refresh: () => refresh(tokens),
      revocation: () => revoke(revoked),
      'log-out': () => other.post('/logout/'),
      'log-out everywhere': () =>
        other.post('/logout/', new URLSearchParams({ everywhere: 'true' })),
      withdrawal: () => leaver.delete('/me/'),
      'unlink webhook': unlinkWebhook,
      'account-status webhook': () => service.browser().post(ACCOUNT_STATUS, token),
    }
    const bearer = { authorization: `Bearer ${tokens.access_token}` }
    const revokedBearer = { authorization: `Bearer ${revoked.access_token}` }
    for (const [name, write] of Object.entries(writes)) {
      const answer = await write()
      const { code } = await readJson(answer)
      expect([name, answer.status, code]).toEqual([name, 503, 'store_unavailable'])
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]/)
      expect((await browser.get('/session/')).status).toBe(200)
    }

    const reads = await Promise.all([
      other.get('/session/'),
      leaver.get('/me/'),
      browser.get('/me/sessions/'),
      browser.get('/auth/verify/'),
      browser.get('/session/', bearer),
      browser.get('/session/', revokedBearer),
      service.browser().get('/healthz'),
    ])
    expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200))
    expect(checkIntegrity()).toEqual([{ integrity_check: 'ok' }])

    disk.free(service.server.pid)
    const { relay: _spent, 'unlink webhook': unlink, ...again } = writes
    for (const [name, write] of Object.entries(again)) {
      const isGood = async () => [200, 202].includes((await write()).status)
      await expect.poll(isGood, { ...PATIENT, message: name }).toBe(true)
    }
    expect((await unlink?.())?.status).toBe(200)
    expect((await service.browser().get('/session/', revokedBearer)).status).toBe(401)
    expect((await leaver.get('/session/')).status).toBe(401)
    expect(checkIntegrity()).toEqual([{ integrity_check: 'ok' }])
    addFigures(`SQLite, ${kind.name}`, { 'kinds of writes refused': Object.keys(writes).length })
  })
})

/** As if nobody had been seen for a while: to be seen again is something to write down. */
function ageSessions(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(
    'pragma busy_timeout = 10000; update sessions set last_seen_at = last_seen_at - 600000',
  )
  database.close()
}
