import { afterEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { BADA, HANEUL, type World } from '../_support/world.ts'
import { createHookedWorld, unlinkAtKakao } from './_support/hooked-world.ts'

const DAY = 86_400_000

describe.each(ENGINES)('the daily comparison with Kakao on $name', (engine) => {
  let world: World
  afterEach(() => world.close())

  /** Webhooks that lead nowhere. */
  async function openUnheard(options: Parameters<typeof createHookedWorld>[1] = {}): Promise<void> {
    const webhooks = { unlink: { url: 'http://localhost:1/' } }
    world = await createHookedWorld(engine, { app: { webhooks }, ...options })
  }

  async function signIn(person: { id: string }): Promise<string> {
    const { user } = await readJson(await login(world, world.browser(), person))
    return (user as { id: string }).id
  }

  /** As a day with a sweep now and then. */
  async function passDay(): Promise<void> {
    for (const part of [DAY / 2, DAY / 2, 0]) {
      world.clock.advance(part)
      await world.daemun.work()
    }
  }

  test('finds the unlink whose webhook was lost, and leaves everybody else alone', async () => {
    await openUnheard()
    await world.daemun.work()
    const ids = [await signIn(HANEUL), await signIn(BADA)]
    await unlinkAtKakao(world, HANEUL)

    await passDay()

    expect(world.log).toContainEqual(
      expect.objectContaining({ checked: 2, missing: 1, unlinked: 1 }),
    )
    expect(await signIn(BADA)).toBe(ids[1])
    expect(await signIn(HANEUL)).not.toBe(ids[0])
  })

  test('leaves alone who signs in while it asks, be it within the same second', async () => {
    let onAsked: (() => Promise<void>) | undefined
    await openUnheard({
      async intercept(request, send) {
        const answer = await send(request)
        if (request.url.includes('/v2/user/me') && answer.status === 400) await onAsked?.()
        return answer
      },
    })
    const id = await signIn(HANEUL)
    await world.daemun.work()
    await unlinkAtKakao(world, HANEUL)
    world.clock.advance(60_000)
    const browser = world.browser()
    onAsked = async () => {
      onAsked = undefined
      world.clock.advance(10)
      await login(world, browser, HANEUL)
    }

    expect(await world.daemun.reconcile()).toMatchObject({ missing: 1, unlinked: 0 })

    expect(onAsked).toBeUndefined()
    expect((await browser.get('/session/')).status).toBe(200)
    expect(await signIn(HANEUL)).toBe(id)
  })

  test('is not held up by one of whom Kakao refuses to speak', async () => {
    await openUnheard({
      intercept: async (request, send) =>
        request.url.includes('/v2/user/me') && request.url.includes(HANEUL.id)
          ? Response.json({ msg: 'blocked', code: -4 }, { status: 403 })
          : await send(request),
    })
    await Promise.all([signIn(HANEUL), signIn(BADA)])
    await unlinkAtKakao(world, HANEUL)
    await unlinkAtKakao(world, BADA)
    world.clock.advance(60_000)

    expect(await world.daemun.reconcile()).toEqual({ checked: 2, missing: 2, unlinked: 1 })
  })

  test('is made once a day', async () => {
    await openUnheard()
    await world.daemun.work()
    await signIn(HANEUL)
    await passDay()
    await passDay()

    const walks = world.log.filter(({ checked }) => checked !== undefined)
    expect(walks).toHaveLength(2)
  })

  test('a Kakao that lists nobody, and answers nothing, ends nobody', async () => {
    let isBroken = false
    await openUnheard({
      intercept: async (request, forward) => {
        if (!isBroken) return await forward(request)
        return request.url.includes('/v2/app/users')
          ? Response.json([])
          : new Response('<h1>down</h1>', { status: 502 })
      },
    })
    await world.daemun.work()
    const id = await signIn(HANEUL)
    isBroken = true
    await passDay()
    isBroken = false

    expect(await signIn(HANEUL)).toBe(id)
  })

  test('now, when asked to', async () => {
    await openUnheard()
    await signIn(HANEUL)
    await signIn(BADA)
    await unlinkAtKakao(world, HANEUL)

    expect(await world.daemun.reconcile()).toEqual({ checked: 2, missing: 1, unlinked: 1 })
  })
})
