import { createHash, timingSafeEqual } from 'node:crypto'
import type { Config, MetricsAccess } from '../../config/index.ts'
import { ProblemError } from '../../errors.ts'
import { exposeMetrics, type Metrics } from '../../metrics/index.ts'
import { readBearer } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'

export interface MetricsRouteDeps {
  readonly config: Pick<Config, 'metrics'>
  readonly metrics: Metrics
}

/** `GET /metrics`: for Prometheus. The store is not asked for it. Where it is hidden there is none. */
export function metricsRoutes({ config, metrics }: MetricsRouteDeps): Route[] {
  const access = config.metrics
  return access === 'hidden' ? [] : [metricsRoute(access, metrics)]
}

function metricsRoute(access: Exclude<MetricsAccess, 'hidden'>, metrics: Metrics): Route {
  return {
    method: 'get',
    path: PATHS.metrics,

    async handle(context) {
      if (access !== 'open' && !isSame(readBearer(context) ?? '', access.token)) {
        throw new ProblemError('not_signed_in', { detail: 'METRICS_TOKEN is wanted as a bearer' })
      }
      const { text, contentType } = await exposeMetrics(metrics.families)
      return context.body(text, 200, { 'content-type': contentType })
    },
  }
}

/** Hashed, so that not even the length is told by the time it takes. */
function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(sha256(given), sha256(wanted))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
