import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Listener, listen } from '../../../src/cli/listen.ts'
import { createKakaoEmulator, type KakaoEmulator } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { openStoreAt, type TestEngine } from '../../_support/engines.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { createReceiver, type TestReceiver } from '../../_support/receiver.ts'
import { createSharedUrl } from '../../_support/shared-store.ts'
import { type StartedServer, startServer } from '../../_support/started-server.ts'

/** When an answer is held back: before the other side has done its part, or after. */
export type Moment = 'before' | 'after'

/** Our server as a process that is killed, and a Kakao and a receiver that are not. */
export interface MortalService {
  readonly kakao: KakaoEmulator
  readonly kakaoUrl: string
  readonly receiver: TestReceiver
  readonly databaseUrl: string
  browser(): Browser
  /** Sends a request to our server as it is now. */
  ask(path: string, init: RequestInit): Promise<Response>
  /**
   * Holds back the next answer to a path, and all after it until `restart`.
   *
   * @returns Once somebody waits for it.
   */
  holdBack(path: string, moment: Moment): Promise<void>
  /** Kills our server with SIGKILL, and leaves it dead. */
  kill(): Promise<void>
  /**
   * Kills our server with SIGKILL, and starts it again as if a while had passed.
   *
   * @param options.isAtOnce Without the while: what whoever died was at is still theirs.
   */
  restart(options?: { readonly isAtOnce?: boolean }): Promise<void>
  close(): Promise<void>
}

const HOST = '127.0.0.1'

export async function createMortalService(engine: TestEngine): Promise<MortalService> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-mortal-'))
  const databaseUrl = await createSharedUrl(engine, folder)
  const [port, kakaoPort, receiverPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const kakaoUrl = `http://localhost:${kakaoPort}`
  const kakao = createKakaoEmulator({ switches: { token_limits: false } })
  const receiver = createReceiver(`http://localhost:${receiverPort}/hook`)
  const gate = createGate()

  const open = async (handle: (request: Request) => Promise<Response>, at: number) =>
    await listen((request) => gate.pass(request, handle), { host: HOST, port: at, setting: 'port' })
  const listeners: Listener[] = [
    await open((request) => kakao.fetch(request), kakaoPort),
    await open(receiver.receive, receiverPort),
  ]
  const start = async () =>
    await startServer(
      {
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        SECRET_KEY: 'a secret for tests',
        // Longer than any test holds a lock.
        STORE_TIMEOUT: '60s',
        KAKAO_REST_API_KEY: 'demo-rest-api-key',
        KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret',
        KAKAO_ADMIN_KEY: 'demo-admin-key',
        KAKAO_APP_ID: '123456',
        KAKAO_KAUTH_URL: kakaoUrl,
        KAKAO_KAPI_URL: kakaoUrl,
        WEBHOOK_URLS: receiver.url,
        WEBHOOK_SECRETS: receiver.secret,
      },
      folder,
    )
  let server: StartedServer = await start()
  const origin = `http://localhost:${port}`

  return {
    kakao,
    kakaoUrl,
    receiver,
    databaseUrl,
    browser: () => new Browser((request) => server.ask(request), origin),
    ask: async (path, init) => await server.ask(new Request(origin + path, init)),
    holdBack: gate.holdBack,

    kill: async () => await server.kill(),

    async restart({ isAtOnce = false } = {}) {
      await server.kill()
      gate.open()
      if (!isAtOnce) await endLeases(databaseUrl)
      server = await start()
    },

    async close() {
      await server.stop()
      await Promise.all(listeners.map((listener) => listener.close(0)))
      await rm(folder, { recursive: true })
    },
  }
}

/** Holds answers back on their way. */
function createGate() {
  let held: { path: string; moment: Moment; onHeld: () => void } | undefined
  const never = new Promise<never>(() => {})
  return {
    async pass(request: Request, handle: (request: Request) => Promise<Response>) {
      const { pathname } = new URL(request.url)
      const now = held?.path === pathname ? held : undefined
      if (now?.moment === 'before') {
        now.onHeld()
        return await never
      }
      const answer = await handle(request)
      if (now === undefined) return answer
      now.onHeld()
      return await never
    },

    holdBack: (path: string, moment: Moment) =>
      new Promise<void>((resolve) => {
        held = { path, moment, onHeld: resolve }
      }),
    open() {
      held = undefined
    },
  }
}

/** What whoever died was at is free again: as if its time had run out. */
async function endLeases(databaseUrl: string): Promise<void> {
  const { db } = await openStoreAt(databaseUrl)
  await db.updateTable('jobs').set({ leased_until: 0, due_at: 0 }).execute()
  await db.updateTable('event_lanes').set({ leased_until: 0, due_at: 0 }).execute()
  await db.destroy()
}
