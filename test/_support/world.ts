import { Writable } from 'node:stream'
import { readConfig } from '../../src/config/index.ts'
import { createDaemun, type Daemun } from '../../src/daemun.ts'
import { createKakaoEmulator, type EmulatorOptions } from '../../src/emulator/index.ts'
import { createJsonLogger } from '../../src/log.ts'
import { Browser } from './browser.ts'
import { type Clock, createClock } from './clock.ts'

export const APP = 'http://localhost:8000'
export const KAKAO = 'http://localhost:8001'

/** The demo people of the emulator. */
export const HANEUL = { id: '1000000001' }
export const BADA = { id: '1000000002' }
export const SOL = { id: '1376016924429759228' }

/** A busy machine must not look like a store or a Kakao that is away. */
const PATIENT = { SECRET_KEY: 'a secret for tests', STORE_TIMEOUT: '60s', KAKAO_TIMEOUT: '60s' }

export interface WorldOptions {
  readonly environment?: Record<string, string>
  readonly emulator?: EmulatorOptions
  /** Stands between our server and Kakao. */
  readonly intercept?: (request: Request, send: typeof fetch) => Promise<Response>
  /** Whoever is called and is not Kakao, such as a receiver of events. */
  readonly elsewhere?: (request: Request) => Promise<Response>
  readonly clock?: Clock
  /** Milliseconds, by a clock that nobody sets. Default: time as it passes. */
  readonly tick?: () => number
  readonly randomBytes?: (size: number) => Uint8Array
}

/** Our server and a Kakao, in one process and with one clock, without a socket. */
export interface World {
  readonly clock: Clock
  readonly daemun: Daemun
  /** Its `DATABASE_URL`. */
  readonly storeUrl: string
  readonly kakao: ReturnType<typeof createKakaoEmulator>
  /** What our server wrote to its log: one object a line. */
  readonly log: Record<string, unknown>[]
  /** A visitor's browser, not signed in. */
  browser(): Browser
  /** Paths that our server asked of Kakao, in order. Asking forgets them. */
  takeCallsToKakao(): string[]
  close(): Promise<void>
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clock = options.clock ?? createClock()
  const log: Record<string, unknown>[] = []
  const kakao = createKakaoEmulator({
    now: clock.now,
    // One person logs in more often here than Kakao lets them.
    switches: { token_limits: false },
    // Webhooks reach our server.
    fetch: async (input, init) => await daemun.fetch(new Request(input, init)),
    ...options.emulator,
  })
  const calls: string[] = []
  const { intercept, elsewhere } = options

  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    if (elsewhere !== undefined && !request.url.startsWith(KAKAO)) return await elsewhere(request)
    calls.push(`${request.method} ${new URL(request.url).pathname}`)
    return await kakao.fetch(request)
  }
  const config = readConfig({ ...PATIENT, ...options.environment })
  const daemun = await createDaemun({
    config: { ...config, store: { ...config.store, url: storeUrl(options.environment) } },
    log: createJsonLogger('debug', collectLines(log)),
    fetch: intercept
      ? async (input, init) => await intercept(new Request(input, init), send)
      : send,
    now: clock.now,
    ...(options.tick && { tick: options.tick }),
    ...(options.randomBytes && { randomBytes: options.randomBytes }),
    // Work behind the answers is done when a test says so.
    isWorking: false,
  })
  await daemun.warmed
  calls.length = 0

  return {
    clock,
    daemun,
    storeUrl: storeUrl(options.environment),
    kakao,
    log,
    browser: () => new Browser(daemun.fetch, APP),
    takeCallsToKakao() {
      return calls.splice(0)
    },
    close: () => daemun.close(),
  }
}

function storeUrl(environment: Record<string, string> = {}): string {
  return environment.DATABASE_URL ?? 'sqlite::memory:'
}

function collectLines(lines: Record<string, unknown>[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
}
