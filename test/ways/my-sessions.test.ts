import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { askSession, loginByRelay } from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World } from '../_support/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

type Listed = { id: string; kind: string; current: boolean }

async function list(response: Response): Promise<Listed[]> {
  return ((await response.json()) as { sessions: Listed[] }).sessions
}

test('all sessions of the user are listed, newest first, the current one marked', async () => {
  const browser = world.browser()
  await login(world, browser, HANEUL)
  world.clock.advance(1000)
  const { access_token } = await loginByRelay(world)
  await login(world, world.browser(), BADA)

  const byCookie = await list(await browser.get('/me/sessions/'))
  const bearer = { authorization: `Bearer ${access_token}` }
  const byToken = await list(await world.browser().get('/me/sessions', bearer))

  expect(byCookie.map(({ kind, current }) => [kind, current])).toEqual([
    ['token', false],
    ['cookie', true],
  ])
  expect(byToken.map(({ current }) => current)).toEqual([true, false])
  expect(byCookie[0]).toEqual({
    id: expect.stringMatching(/^ses_/),
    kind: 'token',
    device: 'unknown',
    created_at: '2026-01-01T12:00:01.000Z',
    last_seen_at: '2026-01-01T12:00:01.000Z',
    expires_at: '2026-03-02T12:00:01.000Z',
    current: false,
  })
})

test('one of them can be ended, and its tokens with it', async () => {
  const browser = world.browser()
  await login(world, browser, HANEUL)
  const { access_token } = await loginByRelay(world)
  const other = (await list(await browser.get('/me/sessions/'))).find(({ current }) => !current)

  const response = await browser.delete(`/me/sessions/${other?.id}/`)

  expect(response.status).toBe(204)
  expect((await askSession(world, access_token)).status).toBe(401)
  expect((await browser.get('/session/')).status).toBe(200)
})

test("somebody else's session is not there, and lives on", async () => {
  const [haneul, bada] = [world.browser(), world.browser()]
  await login(world, haneul, HANEUL)
  await login(world, bada, BADA)
  const [session] = await list(await bada.get('/me/sessions/'))

  const response = await haneul.delete(`/me/sessions/${session?.id}`)

  expect(response.status).toBe(404)
  expect(await readJson(response)).toMatchObject({ code: 'not_found' })
  expect((await bada.get('/session/')).status).toBe(200)
})

test('a page elsewhere can end none', async () => {
  const browser = world.browser()
  await login(world, browser, HANEUL)
  const [session] = await list(await browser.get('/me/sessions/'))

  const headers = { origin: 'https://evil.example' }
  const response = await browser.delete(`/me/sessions/${session?.id}`, headers)

  expect(response.status).toBe(403)
  expect((await browser.get('/session/')).status).toBe(200)
})

test('nobody has no sessions: 401', async () => {
  expect((await world.browser().get('/me/sessions/')).status).toBe(401)
})

describe.each(ENGINES)('a name that no session can have on $name', (engine) => {
  test.each(['x', '%00', 'ses_%00', '%E0%A4%A', 'x'.repeat(4000)])(
    '%j is not there',
    async (id) => {
      const DATABASE_URL = await engine.createUrl()
      const stored = await createWorld({ environment: { DATABASE_URL } })
      const browser = stored.browser()
      await login(stored, browser, HANEUL)
      const response = await browser.delete(`/me/sessions/${id}/`)
      await stored.close()

      expect(response.status).toBe(404)
    },
  )
})
