import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { NOON } from '../_support/clock.ts'
import { runDaemunIn } from '../_support/command.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { goToKakao, type Json, login, readJson } from '../_support/login.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'

const FROM_SEOUL = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Mozilla/5.0 (Seoul)' }
const FIELDS = [
  'id',
  'at',
  'actor',
  'action',
  'user_id',
  'session_id',
  'address',
  'user_agent',
  'result',
  'code',
  'request_id',
]

describe.each(ENGINES)('daemun audit export on $name, beside a running server', (engine) => {
  let store: SharedStore
  let world: World

  beforeEach(async () => {
    store = await createSharedStore(engine)
    world = await store.open({ environment: { TRUST_PROXY: '1' } })
  })
  afterEach(() => store.close())

  async function run(...options: readonly string[]) {
    const environment = { DATABASE_URL: store.url, SECRET_KEY: 'a secret for tests' }
    const result = await runDaemunIn({ environment }, 'audit', 'export', ...options)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    return result.stdout.split('\n').slice(0, -1)
  }
  const read = async (...options: readonly string[]) =>
    (await run(...options)).map((line) => JSON.parse(line) as Json)

  async function loginFromSeoul(browser: Browser, person = HANEUL): Promise<string> {
    const callback = await goToKakao(world, browser, person)
    const { user } = await readJson(await browser.get(callback, FROM_SEOUL))
    return (user as { id: string }).id
  }

  test('tells who did what, when, from where, with which result', async () => {
    const browser = world.browser()
    const userId = await loginFromSeoul(browser)
    const { session } = await readJson(await browser.get('/session/'))
    await browser.get('/oauth/kakao/login/callback/?code=x&state=y', FROM_SEOUL)

    const lines = await read()
    expect(lines.map((line) => Object.keys(line))).toEqual(lines.map(() => FIELDS))
    const line = { at: NOON.toISOString(), request_id: expect.stringMatching(/^\w{24}$/) }
    const fromSeoul = { address: '203.0.113.7', user_agent: 'Mozilla/5.0 (Seoul)' }
    const byUser = { actor: `user:${userId}`, user_id: userId, ...fromSeoul }
    expect(lines).toEqual([
      {
        ...line,
        ...byUser,
        id: expect.stringMatching(/^aud_/),
        action: 'user.created',
        session_id: null,
        result: 'ok',
        code: null,
      },
      {
        ...line,
        ...byUser,
        id: expect.stringMatching(/^aud_/),
        action: 'user.signed_in',
        session_id: (session as { id: string }).id,
        result: 'ok',
        code: null,
      },
      {
        ...line,
        id: expect.stringMatching(/^aud_/),
        actor: 'system',
        action: 'login.failed',
        user_id: null,
        session_id: null,
        address: null,
        user_agent: null,
        result: 'refused',
        code: 'state_invalid',
      },
    ])
  })

  test('knows no device any more of whoever has left', async () => {
    const browser = world.browser()
    const userId = await loginFromSeoul(browser)
    await loginFromSeoul(world.browser(), BADA)
    await browser.delete('/me/', FROM_SEOUL)

    const lines = await read()
    const told = lines.map(({ user_id, address }) => [user_id === userId, address])
    expect(told).toContainEqual([true, null])
    expect(told).toContainEqual([false, '203.0.113.7'])
    expect(told).not.toContainEqual([true, '203.0.113.7'])
    expect(lines.at(-1)).toMatchObject({ action: 'user.withdrawn', user_agent: null })
  })

  test('knows it for as long as RETENTION has it kept', async () => {
    await world.close()
    const environment = { TRUST_PROXY: '1', RETENTION: 'access_log:90d' }
    world = await store.open({ environment })
    const browser = world.browser()
    const userId = await loginFromSeoul(browser)
    await browser.delete('/me/', FROM_SEOUL)

    expect((await read('--user', userId)).map(({ address }) => address)).not.toContain(null)
    world.clock.advance(90 * 86_400_000)
    await world.daemun.work()
    const addresses = (await read('--user', userId)).map(({ address }) => address)
    expect(new Set(addresses)).toEqual(new Set([null]))
  })

  test('of one user, of one kind, of one time', async () => {
    const userId = await loginFromSeoul(world.browser())
    world.clock.advance(60_000)
    await loginFromSeoul(world.browser(), BADA)
    world.clock.advance(60_000)
    await loginFromSeoul(world.browser())
    const actions = async (...options: readonly string[]) =>
      (await read(...options)).map(({ action, at }) => [action, String(at).slice(11, 16)])

    expect(await actions('--user', userId)).toEqual([
      ['user.created', '12:00'],
      ['user.signed_in', '12:00'],
      ['user.signed_in', '12:02'],
    ])
    expect(await actions('--action', 'user.created')).toEqual([
      ['user.created', '12:00'],
      ['user.created', '12:01'],
    ])
    expect(
      await actions('--since', '2026-01-01T12:01:00Z', '--until', '2026-01-01T12:02:00Z'),
    ).toEqual([
      ['user.created', '12:01'],
      ['user.signed_in', '12:01'],
    ])
    expect(await actions('--since', '2026-01-01T21:02:00+09:00')).toEqual([
      ['user.signed_in', '12:02'],
    ])
    expect(await actions('--until', '2026-01-01')).toEqual([])
    expect(
      await actions('--since', '2026-01-01', '--user', userId, '--action', 'user.created'),
    ).toEqual([['user.created', '12:00']])
    expect(await actions('--user', 'usr_nobody')).toEqual([])
  })

  test('of however many lines, each once, the oldest first', async () => {
    const { db } = await openStoreAt(store.url)
    const line = { actor: 'system', action: 'login.failed', result: 'refused', at: NOON.getTime() }
    const ids = Array.from({ length: 1201 }, (_, index) => `aud_${String(index).padStart(20, '0')}`)
    await db
      .insertInto('audit_log')
      .values([...ids].reverse().map((id) => ({ ...line, id })))
      .execute()
    await db.destroy()

    expect((await read()).map(({ id }) => id)).toEqual(ids)
  })

  test('and no longer than AUDIT_RETENTION says', async () => {
    await world.close()
    world = await store.open({ environment: { AUDIT_RETENTION: '30d' } })
    const start = world.clock.now()
    await login(world, world.browser(), HANEUL)
    world.clock.advance(1)
    await login(world, world.browser(), BADA)
    world.clock.advance(30 * 86_400_000)
    await world.daemun.work()

    const times = (await read()).map(({ at }) => new Date(String(at)).getTime() - start.getTime())
    expect(times).toContain(1)
    expect(times).not.toContain(0)
  })
})

describe('daemun audit asked for wrongly is a usage error', () => {
  test.each([
    [[], 'daemun audit: the action must be export\n'],
    [['import'], 'daemun audit: the action must be export\n'],
    [
      ['export', '--since', 'yesterday'],
      '--since: must be a date or a time, such as 2026-01-31T09:00:00Z\n',
    ],
    [
      ['export', '--until', '2026-02-30'],
      '--until: must be a date or a time, such as 2026-01-31T09:00:00Z\n',
    ],
    [
      ['export', '--until', '2026-02-28T25:00:00Z'],
      '--until: must be a date or a time, such as 2026-01-31T09:00:00Z\n',
    ],
    [['export', 'all'], 'daemun: unexpected all; try daemun --help\n'],
    [['export', '--all'], 'daemun audit: has no option --all; try daemun --help\n'],
  ])('%j', async (args, stderr) => {
    const environment = { DATABASE_URL: 'sqlite::memory:' }
    expect(await runDaemunIn({ environment }, 'audit', ...args)).toEqual({
      code: 2,
      stdout: '',
      stderr,
    })
  })
})
