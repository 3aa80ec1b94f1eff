import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Listener, listen } from '../../../src/cli/listen.ts'
import { serveEmulator } from '../../../src/cli/serve-emulator.ts'
import type { Db, Store } from '../../../src/db/index.ts'
import { Browser } from '../../_support/browser.ts'
import { openStoreAt, type TestEngine } from '../../_support/engines.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { createReceiver, type TestReceiver, tellTo } from '../../_support/receiver.ts'
import { createSharedUrl } from '../../_support/shared-store.ts'
import { type StartedServer, startServer } from '../../_support/started-server.ts'

/** A Kakao, a store and a receiver of events, for servers in processes of their own. */
export interface Service {
  readonly receiver: TestReceiver
  readonly db: Db
  /** Starts a server; several at once are instances of one service. */
  start(): Promise<StartedServer>
  /** Signs a person in, by their Kakao id. */
  login(server: StartedServer, id: string): Promise<void>
  /** Lets the leases of those who died run out, as time would. */
  endLeases(): Promise<void>
  /** How many events have not arrived yet. */
  countWaiting(): Promise<number>
  close(): Promise<void>
}

const HOST = '127.0.0.1'

export async function createService(engine: TestEngine): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-service-'))
  const DATABASE_URL = await createSharedUrl(engine, folder)
  const store = await openStoreAt(DATABASE_URL)
  const kakao = await startKakao()
  const { receiver, listener } = await startReceiver()
  const servers: StartedServer[] = []

  async function start(): Promise<StartedServer> {
    const PORT = String(await findFreePort())
    const environment = {
      ...tellTo(receiver).environment,
      DATABASE_URL,
      PORT,
      SECRET_KEY: 'shared by all',
      KAKAO_KAUTH_URL: kakao.url,
      KAKAO_KAPI_URL: kakao.url,
      KAKAO_TIMEOUT: '60s',
      STORE_TIMEOUT: '60s',
    }
    const server = await startServer(environment, folder)
    servers.push(server)
    return server
  }

  return {
    receiver,
    db: store.db,
    start,

    async login(server, id) {
      const browser = new Browser(server.ask, server.url)
      const begun = await browser.get(`/oauth/kakao/login/?login_hint=${id}`)
      const back = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' })
      const { pathname, search } = new URL(back.headers.get('location') ?? '')
      const answer = await browser.get(pathname + search)
      if (answer.status !== 200) throw new Error(`the login failed: ${await answer.text()}`)
    },

    async endLeases() {
      await store.db.updateTable('event_lanes').set({ leased_until: 0, due_at: 0 }).execute()
    },

    countWaiting: async () => (await readWaiting(store)).length,

    async close() {
      await Promise.all(servers.map((server) => server.kill()))
      await Promise.all([listener.close(), kakao.close()])
      await store.db.destroy()
      await rm(folder, { recursive: true })
    },
  }
}

async function readWaiting({ db }: Store) {
  return await db.selectFrom('event_deliveries').select('event_id').execute()
}

async function startKakao(): Promise<{ url: string; close(): Promise<unknown> }> {
  const port = await findFreePort()
  const listener = await serveEmulator({ host: HOST, port, setting: 'port', auto: true })
  return { url: `http://${HOST}:${port}`, close: () => listener.close() }
}

async function startReceiver(): Promise<{ receiver: TestReceiver; listener: Listener }> {
  const port = await findFreePort()
  const receiver = createReceiver(`http://${HOST}:${port}/hook`)
  const listener = await listen(receiver.receive, { host: HOST, port, setting: 'port' })
  return { receiver, listener }
}
