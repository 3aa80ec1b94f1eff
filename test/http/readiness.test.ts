import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Db } from '../../src/db/index.ts'
import { createDurableUrl, ENGINES, openStoreAt, POSTGRES } from '../_support/engines.ts'
import { findFreePort } from '../_support/free-port.ts'
import { login, readJson } from '../_support/login.ts'
import { startTcpProxy } from '../_support/tcp-proxy.ts'
import { loginByRelay } from '../_support/ways.ts'
import { BADA, createWorld, HANEUL, type World, type WorldOptions } from '../_support/world.ts'

const PATIENT = { timeout: 20_000 }
const CLOSED = { kauth: 'closed', kapi: 'closed' }

async function ask(world: World) {
  const response = await world.browser().get('/readyz')
  return { status: response.status, headers: response.headers, body: await readJson(response) }
}

/** A look each second of the world's clock. */
async function untilListening(world: World): Promise<void> {
  await expect
    .poll(async () => {
      world.clock.advance(1000)
      return (await ask(world)).body.listening
    }, PATIENT)
    .toBe(true)
}

describe.each(ENGINES)('/readyz on $name', (engine) => {
  let db: Db
  let world: World

  beforeEach(async () => {
    const url = await createDurableUrl(engine)
    db = (await openStoreAt(url)).db
    world = await createWorld({ environment: { DATABASE_URL: url } })
  })
  afterEach(async () => {
    await world.close()
    await db.destroy()
  })

  test('tells how far the store is, which keys there are, and how Kakao is doing', async () => {
    await loginByRelay(world)
    await untilListening(world)
    const { status, body } = await ask(world)

    expect(status).toBe(200)
    expect(body).toEqual({
      status: 'ok',
      store: 'ok',
      migrations: { current: expect.any(Number), latest: expect.any(Number) },
      listening: true,
      keys: { signing: 'ok', kakao: 'ok' },
      kakao: CLOSED,
    })
    const { current, latest } = body.migrations as Record<string, number>
    expect(current).toBe(latest)
  })

  test('a schema that a newer version brought along is good enough', async () => {
    await db.insertInto('migrations').values({ version: 9999, applied_at: 0 }).execute()
    const { status, body } = await ask(world)

    expect(status).toBe(200)
    expect(body.migrations).toMatchObject({ current: 9999 })
  })

  test('a schema that lacks a step is not', async () => {
    await db.deleteFrom('migrations').where('version', '=', 1).execute()
    const { status, headers, body } = await ask(world)

    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('5')
    expect(body).toMatchObject({ code: 'store_unavailable', failing: ['migrations'] })
  })

  test('signing keys that cannot be opened are none to serve with', async () => {
    await loginByRelay(world)
    await db.updateTable('signing_keys').set({ sealed_private_jwk: 'v1.other.AAAA' }).execute()
    world.clock.advance(5000)
    const { status, body } = await ask(world)

    expect(status).toBe(503)
    expect(body).toMatchObject({ code: 'store_unavailable', failing: ['keys'] })
    expect(world.log).toContainEqual(
      expect.objectContaining({ path: '/readyz', status: 503, failing: ['keys'] }),
    )
  })

  test('however often strangers ask, the store is asked ten times a second at most', async () => {
    for (let n = 0; n < 10; n += 1) await ask(world)
    await db.deleteFrom('migrations').where('version', '=', 1).execute()
    expect((await ask(world)).status).toBe(200)

    world.clock.advance(1000)
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(world)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]))
  })
})

describe('Kakao', () => {
  const AWAY: WorldOptions['intercept'] = async () => new Response('', { status: 502 })

  test('that fails is told of, and no reason to send nobody here', async () => {
    const world = await createWorld({
      intercept: async (request, send) =>
        request.method === 'POST' ? new Response('', { status: 502 }) : await send(request),
    })
    for (let n = 0; n < 5; n += 1) await login(world, world.browser(), HANEUL)
    const { status, body } = await ask(world)
    await world.close()

    expect(status).toBe(200)
    expect(body).toMatchObject({ keys: { kakao: 'ok' }, kakao: { kauth: 'open', kapi: 'closed' } })
  })

  test.each([
    ['auto', 'missing'],
    ['off', 'unused'],
  ])('whose keys could not be had, with KAKAO_OIDC=%s: %s', async (KAKAO_OIDC, kakao) => {
    const world = await createWorld({ environment: { KAKAO_OIDC }, intercept: AWAY })
    const { status, body } = await ask(world)
    await world.close()

    expect(status).toBe(200)
    expect(body).toMatchObject({ keys: { kakao } })
  })
})

test('whoever cannot hear other instances says so, and can serve', async () => {
  const environment = {
    DATABASE_URL: await POSTGRES.createUrl(),
    DATABASE_LISTEN_URL: `postgres://127.0.0.1:${await findFreePort()}/none`,
  }
  const world = await createWorld({ environment })
  const { status, body } = await ask(world)
  await world.close()

  expect(status).toBe(200)
  expect(body).toMatchObject({ store: 'ok', listening: false })
})

/** A database whose every connection is cut and made anew on a switch to reading alone, and back. */
async function createSwitchable() {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  const name = `switch_${randomUUID().replaceAll('-', '')}`
  await admin.query(`create database ${name}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`

  return {
    url: url.href,
    async cutAndRead() {
      await admin.query(`alter database ${name} set default_transaction_read_only = on`)
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [name],
      )
    },
    async takeWritesOfNewConnections() {
      await admin.query(`alter database ${name} reset default_transaction_read_only`)
    },
    async close() {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

test('a store that takes no writes, as after a failover, is told of, and left once another does', async () => {
  const store = await createSwitchable()
  const world = await createWorld({ environment: { DATABASE_URL: store.url } })
  const signedIn = world.browser()
  await login(world, signedIn, HANEUL)
  const look = async () => {
    world.clock.advance(1000)
    const { status, body } = await ask(world)
    return { status, store: body.store }
  }
  expect(await look()).toEqual({ status: 200, store: 'ok' })

  await store.cutAndRead()
  // What asks first finds the connections that were cut.
  await expect.poll(look, PATIENT).toEqual({ status: 200, store: 'read_only' })
  await expect.poll(async () => (await signedIn.get('/session/')).status, PATIENT).toBe(200)
  expect((await login(world, world.browser(), BADA)).status).toBe(503)

  await store.takeWritesOfNewConnections()
  await expect.poll(look, PATIENT).toEqual({ status: 200, store: 'ok' })
  // Each connection finds out by itself.
  await expect
    .poll(async () => (await login(world, world.browser(), BADA)).status, PATIENT)
    .toBe(200)
  await world.close()
  await store.close()
})

test('a store that may take minutes for a request holds up nobody who asks whether it is there', async () => {
  const wire = await startTcpProxy(await POSTGRES.createUrl())
  const world = await createWorld({ environment: { DATABASE_URL: wire.url, STORE_TIMEOUT: '5m' } })
  wire.pause()
  const { status, body } = await ask(world)
  wire.resume()

  expect(status).toBe(503)
  expect(body).toMatchObject({ failing: ['store'] })
  // On another connection, whatever becomes of the one that hangs.
  await expect
    .poll(async () => {
      world.clock.advance(1000)
      return (await ask(world)).status
    }, PATIENT)
    .toBe(200)
  wire.cut()
  await world.close()
  await wire.close()
}, 20_000)

test('a store that is away: 503 until it is back', async () => {
  const wire = await startTcpProxy(await POSTGRES.createUrl())
  const world = await createWorld({ environment: { DATABASE_URL: wire.url, STORE_TIMEOUT: '1s' } })
  wire.pause()
  const { status, headers, body } = await ask(world)
  const isAlive = (await world.browser().get('/healthz')).status
  wire.resume()

  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('5')
  expect(body).toMatchObject({ code: 'store_unavailable', failing: ['store'] })
  expect(isAlive).toBe(200)
  await expect
    .poll(async () => {
      world.clock.advance(1000)
      return (await ask(world)).status
    }, PATIENT)
    .toBe(200)
  await world.close()
  await wire.close()
})
