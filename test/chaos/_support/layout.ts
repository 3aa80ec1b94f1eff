import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../../src/cli/listen.ts'
import { createKakaoEmulator, DEMO_APP, type KakaoEmulator } from '../../../src/emulator/index.ts'
import { findFreePort } from '../../_support/free-port.ts'
import { type StartedServer, startServer } from '../../_support/started-server.ts'
import { LOAD_PEOPLE } from './load.ts'
import { type Nginx, startNginx } from './nginx.ts'
import type { Service } from './visitor.ts'

/** One of the two instances. */
export interface Instance {
  readonly port: number
  /** Asks it alone, without what stands before it. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  /** Kills it with SIGKILL, and settles once it is dead. */
  kill(): Promise<void>
  /** Asks it to stop. @returns Its exit code. */
  stop(): Promise<number | null>
  /** Starts it again, after it has ended; settles once it listens. */
  start(): Promise<void>
}

/** What compose.yaml starts, as processes: two instances in production, and nginx before them. */
export interface Layout extends Service {
  readonly instances: readonly [Instance, Instance]
  readonly kakao: KakaoEmulator
  readonly kakaoUrl: string
  /** What the instances know, for commands that run beside them. */
  readonly environment: Readonly<Record<string, string>>
  /** Absent where there is none: then whoever asks tries the other instance, as nginx does. */
  readonly nginx: Nginx | undefined
  close(): Promise<void>
}

export interface LayoutOptions {
  readonly databaseUrl: string
  /** What runs it; `undefined`: the layout is without nginx. */
  readonly nginx: string | undefined
  readonly environment?: Readonly<Record<string, string>>
  /** Kakao ids of people beside those of the load. */
  readonly people?: readonly string[]
}

const HOST = '127.0.0.1'
const REST_API_KEY = { key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }

/** Starts all of it but the database. */
export async function startLayout(options: LayoutOptions): Promise<Layout> {
  const folder = await mkdtemp(join(tmpdir(), 'daemun-layout-'))
  const ports = await findPorts()
  const isProxied = options.nginx !== undefined
  const origin = isProxied ? `https://localhost:${ports.https}` : `http://localhost:${ports.first}`
  const kakao = createKakao(origin, options.people ?? [])
  const kakaoListener = await listen((request) => kakao.fetch(request), {
    host: HOST,
    port: ports.kakao,
    setting: 'port',
  })
  const environment = toEnvironment(origin, ports.kakao, options)
  const instances = await Promise.all([
    startInstance(environment, ports.first, folder),
    startInstance(environment, ports.second, folder),
  ])
  const nginx =
    options.nginx === undefined
      ? undefined
      : await startNginx(options.nginx, {
          folder,
          ports,
          instances: [ports.first, ports.second],
        })

  return {
    origin,
    ask: isProxied ? (request) => fetch(request, { redirect: 'manual' }) : askEither(instances),
    authorize: (url, person) => kakao.authorize(url, person),
    instances,
    kakao,
    kakaoUrl: `http://localhost:${ports.kakao}`,
    environment,
    nginx,

    async close() {
      await nginx?.stop()
      await Promise.all(instances.map((instance) => instance.stop()))
      await kakaoListener.close(0)
      await rm(folder, { recursive: true })
    },
  }
}

async function findPorts() {
  return {
    http: await findFreePort(),
    https: await findFreePort(),
    first: await findFreePort(),
    second: await findFreePort(),
    kakao: await findFreePort(),
  }
}

function createKakao(origin: string, ids: readonly string[]): KakaoEmulator {
  const redirect_uris = [`${origin}/oauth/kakao/login/callback/`]
  const app = { ...DEMO_APP, rest_api_keys: [{ ...REST_API_KEY, redirect_uris }] }
  return createKakaoEmulator({
    seed: { apps: [app], people: [...LOAD_PEOPLE, ...ids.map((id) => ({ id, nickname: id }))] },
    switches: { token_limits: false },
  })
}

function toEnvironment(
  origin: string,
  kakaoPort: number,
  { databaseUrl, environment }: LayoutOptions,
): Record<string, string> {
  const kakaoUrl = `http://localhost:${kakaoPort}`
  return {
    NODE_ENV: 'production',
    ALLOW_EMULATOR: 'true',
    HOST,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'vX3mQ9kTz7LwB2nRf8HyC4sJd6PgA1eU5oKi0ZtN',
    TRUST_PROXY: '1',
    KAKAO_REST_API_KEY: REST_API_KEY.key,
    KAKAO_CLIENT_SECRET_KEY: REST_API_KEY.client_secret,
    KAKAO_ADMIN_KEY: 'demo-admin-key',
    KAKAO_APP_ID: '123456',
    KAKAO_REDIRECT_URI: `${origin}/oauth/kakao/login/callback/`,
    KAKAO_KAUTH_URL: kakaoUrl,
    KAKAO_KAPI_URL: kakaoUrl,
    // A busy machine must not look like a store or a Kakao that is away.
    STORE_TIMEOUT: '20s',
    KAKAO_TIMEOUT: '20s',
    // All visitors come from one address.
    RATE_LIMIT_LOGIN: 'off',
    RATE_LIMIT_TOKEN: 'off',
    RATE_LIMIT_USER: 'off',
    ...environment,
  }
}

async function startInstance(
  environment: Record<string, string>,
  port: number,
  folder: string,
): Promise<Instance> {
  const start = () => startServer({ ...environment, PORT: String(port) }, folder)
  let server: StartedServer = await start()
  return {
    port,
    ask: (path, init) => fetch(`http://${HOST}:${port}${path}`, { redirect: 'manual', ...init }),
    kill: () => server.kill(),
    stop: () => server.stop(),
    async start() {
      server = await start()
    },
  }
}

/** Takes turns, and goes to the other one where nobody listens. */
function askEither(instances: readonly [Instance, Instance]): Service['ask'] {
  let turn = 0
  return async (request) => {
    turn += 1
    const [first, second] = turn % 2 === 0 ? instances : instances.toReversed()
    try {
      return await askAt(first, request.clone())
    } catch (error) {
      if (!isRefused(error)) throw error
      return await askAt(second, request)
    }
  }
}

async function askAt(instance: Instance | undefined, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const target = new Request(`http://${HOST}:${instance?.port}${pathname}${search}`, request)
  // As nginx does: a connection of its own, so that none is kept to somebody who has died.
  target.headers.set('connection', 'close')
  return await fetch(target, { redirect: 'manual' })
}

function isRefused(error: unknown): boolean {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED'
}
