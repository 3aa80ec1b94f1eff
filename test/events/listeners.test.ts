import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ToldEvent } from '../../src/index.ts'
import { POSTGRES } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { createReceiver, tellTo } from '../_support/receiver.ts'
import { createWorld, HANEUL, type World } from '../_support/world.ts'

const receiver = createReceiver()
let world: World

beforeEach(async () => {
  receiver.letters.length = 0
  world = await createWorld(tellTo(receiver))
})
afterEach(() => world.close())

describe('a listener', () => {
  test('is told of what it asked for, once it is committed, as a receiver is', async () => {
    const told: ToldEvent<'user.created'>[] = []
    world.daemun.on('user.created', (event) => told.push(event))
    const { user } = await readJson(await login(world, world.browser(), HANEUL))

    expect(told).toMatchObject([{ data: { user_id: (user as { id: string }).id, sequence: 1 } }])
    await world.daemun.work()
    const [letter] = receiver.letters
    const [event] = told
    expect({ id: letter?.id, ...JSON.parse(letter?.text ?? '') }).toEqual(event)
  })

  test('is told no more once it has ended it, and others are', async () => {
    const told: string[] = []
    const end = world.daemun.on('user.signed_in', () => told.push('one'))
    world.daemun.on('user.signed_in', () => told.push('other'))
    await login(world, world.browser(), HANEUL)
    end()
    end()
    await login(world, world.browser(), HANEUL)

    expect(told).toEqual(['one', 'other', 'other'])
  })

  test('that throws or rejects harms nothing and is logged', async () => {
    const told: string[] = []
    world.daemun.on('user.signed_in', () => {
      throw new Error('at once')
    })
    world.daemun.on('user.signed_in', () => Promise.reject(new Error('later')))
    world.daemun.on('user.signed_in', ({ type }) => told.push(type))

    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)

    expect(told).toEqual(['user.signed_in'])
    for (const message of ['at once', 'later']) {
      expect(world.log).toContainEqual(
        expect.objectContaining({
          level: 'error',
          msg: 'a listener failed',
          type: 'user.signed_in',
          event: expect.stringMatching(/^evt_/),
          err: expect.objectContaining({ message }),
        }),
      )
    }
  })

  test('is waited for by nobody', async () => {
    world.daemun.on('user.signed_in', () => new Promise(() => {}))
    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
  })
})

test('of what another instance does, nobody is told here', async () => {
  const DATABASE_URL = await POSTGRES.createUrl()
  const [here, there] = [
    await createWorld({ environment: { DATABASE_URL } }),
    await createWorld({ environment: { DATABASE_URL } }),
  ]
  const told: string[] = []
  here.daemun.on('user.created', ({ type }) => told.push(type))
  await login(there, there.browser(), HANEUL)
  await here.daemun.work()

  expect(told).toEqual([])
  await Promise.all([here.close(), there.close()])
})
