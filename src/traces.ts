import { type Config, ConfigError } from './config/index.ts'
import type { StoreWork } from './db/index.ts'
import type { KakaoRequestReport } from './kakao/index.ts'
import type { Logger } from './log.ts'
import {
  createLocalTracer,
  loadTracer,
  type Tracer,
  TracerMissingError,
  tellPast,
} from './tracing/index.ts'

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT'

/**
 * Makes what tells a collector of traces, where there is one.
 *
 * @throws {ConfigError} There is one, and OpenTelemetry is not installed.
 */
export async function createTracer(
  { tracing }: Pick<Config, 'tracing'>,
  { log, randomBytes }: { log: Logger; randomBytes: (size: number) => Uint8Array },
): Promise<Tracer> {
  if (tracing === undefined) return createLocalTracer(randomBytes)
  const onCollector = (state: 'away' | 'back', error: unknown) =>
    state === 'away'
      ? log.warn({ err: error }, 'the collector takes no traces: they are dropped')
      : log.info('the collector takes traces again')
  return await loadTracer({ ...tracing, onCollector }).catch((error: unknown) => {
    if (!(error instanceof TracerMissingError)) throw error
    const problem = 'needs the packages @opentelemetry/*, which were left out of the installation'
    throw new ConfigError([{ variable: ENDPOINT, problem }])
  })
}

/** Tells of a transaction, or of a statement outside of any; what is in it nobody is told. */
export function tellStoreWork(
  tracer: Tracer,
  { store }: Pick<Config, 'store'>,
  { name, startedAt, failure }: StoreWork,
): void {
  const attributes = {
    'db.system.name': store.url.startsWith('sqlite:') ? 'sqlite' : 'postgresql',
    'db.operation.name': name,
  }
  tellPast(tracer, { name: `store ${name}`, startedAt, attributes, failure })
}

/** Tells of a request made of Kakao; it carries no trace there, which is nobody's business. */
export function tellKakaoRequest(
  tracer: Tracer,
  { kauthUrl, kapiUrl }: Pick<Config['kakao'], 'kauthUrl' | 'kapiUrl'>,
  { host, endpoint, outcome, ms }: KakaoRequestReport,
): void {
  const attributes = {
    'server.address': new URL(host === 'kauth' ? kauthUrl : kapiUrl).hostname,
    'url.template': endpoint,
    'daemun.kakao.outcome': outcome,
  }
  const startedAt = performance.now() - ms
  const failure = outcome === 'ok' ? undefined : outcome
  tellPast(tracer, { name: `kakao ${endpoint}`, startedAt, attributes, failure })
}
