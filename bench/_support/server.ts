import { join } from 'node:path'
import { findFreePort } from '../../test/_support/free-port.ts'
import { ROOT } from '../../tools/run.ts'
import type { Cpus } from './cpus.ts'
import { createFolder } from './folders.ts'
import { APP_KEY } from './people.ts'
import { startNode } from './processes.ts'

/** A server that is measured. */
export interface BenchServer {
  readonly port: number
  readonly pid: number
  /** How long its first answer took, from the start of the process. */
  readonly startMs: number
  stop(): Promise<void>
}

export interface DaemunOptions {
  readonly cpus: Cpus
  readonly databaseUrl: string
  readonly kakaoUrl: string
  readonly nodeOptions?: readonly string[]
}

/** Of nothing but benchmarks. */
export const SECRET = 'Zb3nch-0nly-q8RkV1uJx5TfWm2sLhY7cNpA4eGd'
export const METRICS_TOKEN = 'metrics-of-a-benchmark-and-of-nothing-else'

/** For the server that is measured, such as `--cpu-prof --cpu-prof-dir=/tmp/profile`. */
const NODE_OPTIONS = (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean)
/** What the image and the unit give Node, and its heap as under their limit of 512 MB. */
const DEPLOYED_OPTIONS = ['--max-semi-space-size=4', '--max-old-space-size=256']
const BUILT = join(ROOT, 'dist/cli.js')
const BARE = join(import.meta.dirname, 'bare-process.mjs')

/** Starts the built package as it runs in production, without the limits that a load would meet. */
export async function startDaemun(options: DaemunOptions): Promise<BenchServer> {
  const folder = await createFolder()
  return await start([BUILT, 'serve'], '"listening"', {
    ...options,
    folder,
    nodeOptions: [...DEPLOYED_OPTIONS, ...NODE_OPTIONS, ...(options.nodeOptions ?? [])],
    environment: {
      MALLOC_ARENA_MAX: '2',
      NODE_ENV: 'production',
      ALLOW_EMULATOR: 'true',
      HOST: '127.0.0.1',
      KAKAO_REST_API_KEY: APP_KEY,
      KAKAO_REDIRECT_URI: 'http://localhost:8000/oauth/kakao/login/callback/',
      KAKAO_KAUTH_URL: options.kakaoUrl,
      KAKAO_KAPI_URL: options.kakaoUrl,
      KAKAO_TOKENS: 'never',
      SECRET_KEY: SECRET,
      DATABASE_URL: options.databaseUrl,
      METRICS_TOKEN,
      RATE_LIMIT_LOGIN: 'off',
      RATE_LIMIT_TOKEN: 'off',
      RATE_LIMIT_USER: 'off',
      RATE_LIMIT_ADMIN: 'off',
    },
    stopSignal: 'SIGTERM',
  })
}

/** Starts the bare `node:http` server that sets the ceiling. */
export async function startBare(kakaoUrl: string): Promise<BenchServer> {
  return await start([BARE, kakaoUrl], 'listening', { cpus: '0', environment: {} })
}

async function start(
  script: readonly string[],
  ready: string,
  options: {
    readonly cpus: Cpus
    readonly environment: Readonly<Record<string, string>>
    readonly nodeOptions?: readonly string[]
    readonly folder?: string
    readonly stopSignal?: NodeJS.Signals
  },
): Promise<BenchServer> {
  const port = await findFreePort()
  const startedAt = performance.now()
  const environment = { ...options.environment, PORT: String(port) }
  const started = await startNode(script, { ...options, ready, environment })
  started.ignoreOutput()
  await fetch(`http://127.0.0.1:${port}/healthz`)
  const startMs = performance.now() - startedAt
  return { port, pid: started.pid, startMs, stop: started.stop }
}
