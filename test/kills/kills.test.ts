import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Browser } from '../_support/browser.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { readJson } from '../_support/login.ts'
import { BADA, HANEUL } from '../_support/world.ts'
import { createMortalService, type Moment, type MortalService } from './_support/mortal-service.ts'

const MOMENTS: readonly Moment[] = ['before', 'after']
const PATIENT = { timeout: 20_000, interval: 50 }

describe.each(ENGINES)('a server killed with SIGKILL on $name', (engine) => {
  let service: MortalService

  beforeEach(async () => {
    service = await createMortalService(engine)
  })
  afterEach(() => service.close())

  async function signIn(person = HANEUL): Promise<{ browser: Browser; id: string }> {
    const browser = service.browser()
    const start = await browser.get('/oauth/kakao/login/')
    const back = await service.kakao.authorize(start.headers.get('location') ?? '', person)
    const { user } = await readJson(await browser.get(back))
    return { browser, id: (user as { id: string }).id }
  }

  async function isLinkedAtKakao({ id }: { id: string }): Promise<boolean> {
    const url = `${service.kakaoUrl}/_emulator/people/${id}/links`
    const { links } = await readJson(await service.kakao.fetch(new Request(url)))
    return (links as unknown[]).length > 0
  }

  /** What the store says once nothing is left to do. */
  async function readStore() {
    const { db } = await openStoreAt(service.databaseUrl)
    const jobs = await db.selectFrom('jobs').select('kind').execute()
    const departed = await db.selectFrom('departed_users').select('id').execute()
    const audit = await db.selectFrom('audit_log').select('action').orderBy('id').execute()
    await db.destroy()
    return {
      jobs: jobs.map(({ kind }) => kind),
      departed: departed.map(({ id }) => id),
      audit: audit.map(({ action }) => action),
    }
  }

  const typesOf = (id: string) => {
    const letters = service.receiver.letters.filter(({ data }) => data.user_id === id)
    return [...new Map(letters.map((letter) => [letter.id, letter.type])).values()]
  }

  test.each(MOMENTS)(
    '%s Kakao has ended the link of somebody who left: the link ends, once in effect',
    async (moment) => {
      const { browser, id } = await signIn()
      const isHeld = service.holdBack('/v1/user/unlink', moment)
      expect((await browser.delete('/me/')).status).toBe(200)
      await isHeld

      await service.restart()

      await expect.poll(async () => (await readStore()).jobs, PATIENT).toEqual([])
      expect(await isLinkedAtKakao(HANEUL)).toBe(false)
      const { departed, audit } = await readStore()
      expect(departed).toEqual([id])
      expect(audit.filter((action) => action === 'kakao.unlinked')).toHaveLength(1)
      await expect.poll(() => typesOf(id).at(-1), PATIENT).toBe('user.withdrawn')
    },
  )

  test('before a withdrawal is committed: nothing of it has happened', async () => {
    const { browser } = await signIn()
    const lock = await lockDepartures()
    const withdrawing = browser.delete('/me/').catch(() => undefined)
    await expect.poll(lock.isWaitedFor, PATIENT).toBe(true)

    await service.kill()
    await lock.letGo()
    await service.restart()

    expect(await withdrawing).toBeUndefined()
    expect((await browser.get('/session/')).status).toBe(200)
    expect(await readStore()).toMatchObject({ departed: [] })
    expect(await isLinkedAtKakao(HANEUL)).toBe(true)
    expect((await browser.delete('/me/')).status).toBe(200)
  })

  /** Lets no withdrawal come to its end. SQLite has one lock, so none even begins. */
  async function lockDepartures() {
    const { db } = await openStoreAt(service.databaseUrl)
    const isPostgres = engine.name === 'PostgreSQL'
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>()
    const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>()
    const holding = db.transaction().execute(async (transaction) => {
      if (isPostgres) await sql`lock table departed_users in exclusive mode`.execute(transaction)
      locked()
      await isOver
    })
    await isLocked

    return {
      async isWaitedFor() {
        if (!isPostgres) return true
        const { rows } = await sql`
          select 1 from pg_locks where not granted and relation = 'departed_users'::regclass
        `.execute(db)
        return rows.length > 0
      },
      async letGo() {
        end()
        await holding
        await db.destroy()
      },
    }
  }

  test('and started again at once, it takes up what it died at, without a hand', async () => {
    const { browser, id } = await signIn()
    const isHeld = service.holdBack('/v1/user/unlink', 'after')
    expect((await browser.delete('/me/')).status).toBe(200)
    await isHeld

    await service.restart({ isAtOnce: true })

    await expect.poll(async () => (await readStore()).jobs, PATIENT).toEqual([])
    const { departed, audit } = await readStore()
    expect(departed).toEqual([id])
    expect(audit.filter((action) => action === 'kakao.unlinked')).toHaveLength(1)
  })

  test('in the midst of a withdrawal: it has happened whole, or not at all', async () => {
    const { browser, id } = await signIn()
    const other = await signIn(BADA)
    const withdrawing = browser.delete('/me/').catch(() => undefined)
    const leaving = other.browser.delete('/me/')
    await leaving
    await service.restart()
    const isAnswered = (await withdrawing)?.status === 200

    await expect.poll(async () => (await readStore()).jobs, PATIENT).toEqual([])
    const { departed } = await readStore()
    expect(departed).toContain(other.id)
    // What was acknowledged is kept; what was not is one or the other.
    if (isAnswered) expect(departed).toContain(id)
    const isGone = departed.includes(id)
    expect(await isLinkedAtKakao(HANEUL)).toBe(!isGone)
    expect((await browser.get('/session/')).status).toBe(isGone ? 401 : 200)
  })

  test.each(MOMENTS)(
    '%s Kakao has said what an unlink webhook that was answered comes to: it is carried out',
    async (moment) => {
      const { browser, id } = await signIn()
      await service.kakao.fetch(
        new Request(`${service.kakaoUrl}/_emulator/people/${HANEUL.id}/unlink`, {
          method: 'POST',
          body: JSON.stringify({ app_id: 123456 }),
        }),
      )
      const isHeld = service.holdBack('/v2/user/me', moment)
      const answer = await service.ask('/webhooks/kakao/unlink/', {
        method: 'POST',
        headers: { authorization: 'KakaoAK demo-admin-key' },
        body: new URLSearchParams({ app_id: '123456', user_id: HANEUL.id }),
      })
      expect(answer.status).toBe(200)
      await isHeld

      await service.restart()

      expect((await browser.get('/session/')).status).toBe(401)
      await expect.poll(async () => (await readStore()).departed, PATIENT).toEqual([id])
      await expect.poll(() => typesOf(id).at(-1), PATIENT).toBe('user.withdrawn')
      expect((await readStore()).audit.filter((action) => action === 'user.withdrawn')).toEqual([
        'user.withdrawn',
      ])
    },
  )

  test.each(MOMENTS)(
    '%s a receiver has taken an event: it comes again, the same, and the rest in order',
    async (moment) => {
      const isHeld = service.holdBack(new URL(service.receiver.url).pathname, moment)
      const { id } = await signIn()
      await isHeld

      await service.restart()

      await expect.poll(() => typesOf(id), PATIENT).toEqual(['user.created', 'user.signed_in'])
      const created = service.receiver.letters.filter(({ type }) => type === 'user.created')
      expect(created).toHaveLength(moment === 'after' ? 2 : 1)
      expect(new Set(created.map(({ text }) => text)).size).toBe(1)
    },
  )
})
