import type { Config } from './config/index.ts'
import type { Db } from './db/index.ts'
import { createDeliveries, type Mishap, removeDeadLettersBefore } from './deliveries/index.ts'
import {
  type Audience,
  createEventListeners,
  type EventListeners,
  removeAuditLogBefore,
} from './events/index.ts'
import type { Worker } from './jobs/index.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics/index.ts'
import type { Tracer } from './tracing/index.ts'

export interface EventServicesOptions {
  readonly config: Pick<Config, 'events'>
  readonly db: Db
  readonly fetch: typeof fetch
  readonly log: Logger
  readonly metrics: Metrics
  readonly tracer: Tracer
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** Who is told of events, in this process and elsewhere. */
export interface EventServices {
  readonly audience: Audience
  readonly deliveries: Worker
  readonly listeners: EventListeners
  /** Removes what is older than it may become. */
  sweep(): Promise<void>
}

export function createEventServices(options: EventServicesOptions): EventServices {
  const { config, log, metrics } = options
  const listeners = createEventListeners((error, { id, type }) =>
    log.error({ err: error, event: id, type }, 'a listener failed'),
  )
  const deliveries = createDeliveries({
    ...options,
    config: config.events,
    onMishap: (mishap) => logMishap(log, mishap),
    onError: (error) => log.warn({ err: error }, 'deliveries could not be looked for'),
  })
  const audience = {
    urls: config.events.receivers.map(({ url }) => url),
    onCommitted(events: Parameters<EventListeners['tell']>[0]) {
      deliveries.wake()
      metrics.countEvents(events)
      listeners.tell(events)
    },
  }
  return { audience, deliveries, listeners, sweep: async () => await sweep(options) }
}

async function sweep({ db, config, now }: EventServicesOptions): Promise<void> {
  const before = new Date(now().getTime() - config.events.auditRetentionMs)
  await removeAuditLogBefore(db, before)
  await removeDeadLettersBefore(db, before)
}

function logMishap(log: Logger, { outcome, ...mishap }: Mishap): void {
  if (outcome === 'again') log.warn(mishap, 'an event did not arrive and will be sent again')
  else if (outcome === 'dead') log.error(mishap, 'an event became a dead letter')
  else log.error(mishap, 'a receiver is gone: it is told nothing more until a restart')
}
