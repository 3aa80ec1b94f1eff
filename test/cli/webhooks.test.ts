import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOON } from '../_support/clock.ts'
import { runDaemunIn } from '../_support/command.ts'
import { ENGINES, openStoreAt } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { createReceiver, type TestReceiver, tellTo } from '../_support/receiver.ts'
import { createSharedStore, type SharedStore } from '../_support/shared-store.ts'
import { HANEUL, type World } from '../_support/world.ts'

/** The command has the real time. */
const clock = { now: () => new Date(), advance() {} }

describe.each(ENGINES)('daemun webhooks on $name, beside a running server', (engine) => {
  let store: SharedStore
  let world: World
  let receiver: TestReceiver
  let other: TestReceiver

  beforeEach(async () => {
    store = await createSharedStore(engine)
    receiver = createReceiver()
    other = createReceiver('https://other.example/')
    const { environment, elsewhere } = tellTo(receiver, other)
    world = await store.open({
      environment: { ...environment, WEBHOOK_RETRY: '0,0' },
      elsewhere,
      clock,
    })
  })
  afterEach(() => store.close())

  async function run(...args: readonly string[]) {
    const { environment } = tellTo(receiver, other)
    const own = { DATABASE_URL: store.url, SECRET_KEY: 'a secret for tests' }
    return await runDaemunIn({ environment: { ...environment, ...own } }, 'webhooks', ...args)
  }

  /** Two events that never arrived. */
  async function fail(): Promise<string[]> {
    await login(world, world.browser(), HANEUL)
    receiver.answer = () => new Response(null, { status: 500 })
    await world.daemun.work()
    receiver.answer = () => new Response()
    const ids = receiver.letters.splice(0).map(({ id }) => id)
    return [...new Set(ids)]
  }

  test('dead lists what never arrived, the oldest first', async () => {
    const [first, second] = await fail()
    const [user_id] = other.letters.map(({ data }) => data.user_id)

    const { code, stdout, stderr } = await run('dead')

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const letter = {
      url: receiver.url,
      user_id,
      attempts: 3,
      last_status: 500,
      failed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    }
    const lines = stdout.split('\n').slice(0, -1)
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...letter, id: first, type: 'user.created' },
      { ...letter, id: second, type: 'user.signed_in' },
    ])
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual([
      'id',
      'url',
      'type',
      'user_id',
      'attempts',
      'last_status',
      'failed_at',
    ])
  })

  test('dead says nothing where all arrived', async () => {
    await login(world, world.browser(), HANEUL)
    await world.daemun.work()
    expect(await run('dead')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('resend sends one again as it was, and no other', async () => {
    const [first = ''] = await fail()

    expect(await run('resend', first)).toEqual({ code: 0, stdout: 'resent: 1\n', stderr: '' })
    await world.daemun.work()

    const sentTo = [receiver, other].map(({ letters }) => letters.find(({ id }) => id === first))
    expect(receiver.letters).toHaveLength(1)
    expect(sentTo[0]?.text).toBe(sentTo[1]?.text)
    expect((await run('dead')).stdout.split('\n')).toHaveLength(2)
  })

  test('resend --all sends all, in their order, though something waits already', async () => {
    await fail()
    await login(world, world.browser(), HANEUL)

    expect(await run('resend', '--all')).toMatchObject({ code: 0, stdout: 'resent: 2\n' })
    await world.daemun.work()

    expect(receiver.letters.map(({ data }) => data.sequence)).toEqual([1, 2, 3])
    expect((await run('dead')).stdout).toBe('')
  })

  test('what is sent again does not wait behind a receiver that was let alone', async () => {
    const [first = ''] = await fail()
    await world.close()
    const { environment, elsewhere } = tellTo(receiver, other)
    const patient = { ...environment, WEBHOOK_RETRY: '2h' }
    world = await store.open({ environment: patient, elsewhere, clock })
    await login(world, world.browser(), HANEUL)
    receiver.answer = () => new Response(null, { status: 500 })
    await world.daemun.work()
    receiver.letters.length = 0
    receiver.answer = () => new Response()

    await run('resend', first)
    await world.daemun.work()

    expect(receiver.letters.map(({ data }) => data.sequence)).toEqual([1, 3])
  })

  test('an id that is unknown, or no dead letter any more, is named; others are sent', async () => {
    const [first = '', second = ''] = await fail()
    await run('resend', second)

    const { code, stdout, stderr } = await run('resend', second, first, 'evt_nothing')

    expect({ code, stdout }).toEqual({ code: 1, stdout: 'resent: 1\n' })
    expect(stderr).toBe(
      `daemun webhooks resend: there is no dead letter ${second}\n` +
        'daemun webhooks resend: there is no dead letter evt_nothing\n',
    )
    await world.daemun.work()
    expect(receiver.letters.map(({ data }) => data.sequence)).toEqual([1, 2])
  })

  test('what would go to a URL that is no longer set is said to wait', async () => {
    await fail()
    receiver = createReceiver('https://new.example/')
    expect(await run('resend', '--all')).toEqual({
      code: 0,
      stdout: 'resent: 2\n',
      stderr: 'daemun webhooks resend: 2 of them wait until WEBHOOK_URLS names their URL\n',
    })
  })

  test('of many, none is left out', async () => {
    const { db } = await openStoreAt(store.url)
    const letter = { url: receiver.url, type: 'user.updated', body: '{}', attempts: 3 }
    const letters = Array.from({ length: 1100 }, (_, index) => ({
      ...letter,
      event_id: `evt_${String(index).padStart(4, '0')}`,
      user_id: `usr_${index % 7}`,
      sequence: index,
      // Many at the same time, as after a receiver's bad day.
      failed_at: NOON.getTime() + Math.floor(index / 600),
    }))
    await db.insertInto('event_deliveries').values(letters).execute()
    await db.destroy()

    const dead = (await run('dead')).stdout.split('\n').slice(0, -1)
    expect(dead.map((line) => JSON.parse(line).id)).toEqual(letters.map((one) => one.event_id))
    expect(await run('resend', '--all')).toMatchObject({ code: 0, stdout: 'resent: 1100\n' })
    expect((await run('dead')).stdout).toBe('')
  })
})

describe('daemun webhooks asked for wrongly is a usage error', () => {
  test.each([
    [[], 'daemun webhooks: the action must be dead or resend\n'],
    [['retry'], 'daemun webhooks: the action must be dead or resend\n'],
    [['dead', 'evt_1'], 'daemun webhooks dead: takes nothing after it\n'],
    [['dead', '--all'], 'daemun webhooks dead: takes nothing after it\n'],
    [['resend'], 'daemun webhooks resend: takes ids of dead letters, or --all\n'],
    [['resend', 'evt_1', '--all'], 'daemun webhooks resend: takes ids of dead letters, or --all\n'],
  ])('%j', async (args, stderr) => {
    const environment = { DATABASE_URL: 'sqlite::memory:' }
    expect(await runDaemunIn({ environment }, 'webhooks', ...args)).toEqual({
      code: 2,
      stdout: '',
      stderr,
    })
  })
})
