import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import type { Letter } from '../_support/receiver.ts'
import { createService, type Service } from './_support/service.ts'

const PEOPLE = ['1000000001', '1000000002', '1376016924429759228']

describe.each(ENGINES)('deliveries of real processes on $name', (engine) => {
  let service: Service

  beforeEach(async () => {
    service = await createService(engine)
  })
  afterEach(() => service.close())

  const settle = async () => await expect.poll(service.countWaiting, { timeout: 30_000 }).toBe(0)

  /** Of each user, the numbers in the order in which they first arrived. */
  function readOrders(): number[][] {
    const first = new Map(
      service.receiver.letters.toReversed().map((letter) => [letter.id, letter]),
    )
    const arrived = service.receiver.letters.filter((letter) => first.get(letter.id) === letter)
    const users = Map.groupBy(arrived, ({ data }) => data.user_id)
    return [...users.values()].map((letters) => letters.map(({ data }) => data.sequence))
  }

  const countOn = (most: number) => Array.from({ length: most }, (_, index) => index + 1)

  test('one killed after an event arrived, before that was noted, has it sent the same again', async () => {
    const server = await service.start()
    const arrived = Promise.withResolvers<Letter>()
    service.receiver.answer = async (letter) => {
      await server.kill()
      arrived.resolve(letter)
      return new Response()
    }
    await service.login(server, '1000000001')
    const first = await arrived.promise
    expect(await service.countWaiting()).toBeGreaterThan(0)

    service.receiver.answer = () => new Response()
    await service.endLeases()
    await service.start()
    await settle()

    const [, again, ...others] = service.receiver.letters
    expect([again?.id, again?.text]).toEqual([first.id, first.text])
    expect(others.map(({ id }) => id)).not.toContain(first.id)
    const [order] = readOrders()
    expect(order).toEqual(countOn(order?.length ?? 0))
  })

  test('one killed while its receiver was away loses nothing', async () => {
    const server = await service.start()
    service.receiver.answer = () => new Response(null, { status: 503 })
    await service.login(server, '1000000001')
    await expect.poll(() => service.receiver.letters.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await server.kill()
    service.receiver.letters.length = 0

    service.receiver.answer = () => new Response()
    await service.endLeases()
    await service.start()
    await settle()

    const [order] = readOrders()
    expect(order?.length).toBeGreaterThan(1)
    expect(order).toEqual(countOn(order?.length ?? 0))
  })

  test('whenever they are killed, every event of every login arrives, in order', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const server = await service.start()
      const allIn = Promise.withResolvers<void>()
      const killed = Promise.withResolvers<void>()
      let answered = 0
      service.receiver.answer = async () => {
        await allIn.promise
        answered += 1
        // A little later in each round.
        if (answered === round) killed.resolve(await server.kill())
        return new Response()
      }
      await Promise.all(PEOPLE.map(async (id) => await service.login(server, id)))
      allIn.resolve()
      await killed.promise
      await service.endLeases()
    }
    service.receiver.answer = () => new Response()
    await service.start()
    await settle()

    const orders = readOrders()
    expect(orders).toHaveLength(PEOPLE.length)
    for (const order of orders) {
      // A sign-up, and a sign-in in each round, beside what Kakao was asked for behind them.
      expect(order.length).toBeGreaterThanOrEqual(4)
      expect(order).toEqual(countOn(order.length))
    }
  })

  test('two of them share the work: nothing twice, all in order', async () => {
    const servers = await Promise.all([service.start(), service.start()])
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(
        servers.flatMap((server) => PEOPLE.map(async (id) => await service.login(server, id))),
      )
    }
    await settle()

    const ids = service.receiver.letters.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const order of readOrders()) {
      expect(order.length).toBeGreaterThanOrEqual(7)
      expect(order).toEqual(countOn(order.length))
    }
  })
})
