import type { LimitsConfig } from '../config/index.ts'
import type { StoreOperation } from '../db/index.ts'
import type { SessionEndReason, ToldEvent } from '../events/index.ts'
import { KAKAO_CODES, type KakaoRequestReport } from '../kakao/index.ts'
import { createFamilies, type Families } from './families.ts'
import { NONE, OTHER, toEndpointLabel, toKakaoCodeLabel } from './label-values.ts'
import type { Durations } from './values.ts'

/** How a login ended: `refused` by a rule, `failed` for want of something, `cancelled` by the visitor. */
export type LoginResult = 'ok' | 'refused' | 'failed' | 'cancelled'

/** What waits in the store. */
export interface QueueSample {
  readonly queue: string
  readonly depth: number
  /** Since when the oldest waits; absent: nothing does. */
  readonly oldest: Date | undefined
}

/** Counts what happens, cheaply; nothing is asked of the store for it. */
export interface Metrics {
  readonly families: Families
  countFailedLogin(result: LoginResult, kakaoCode: string | number | undefined): void
  countKakaoRequest(report: KakaoRequestReport): void
  /** Logins that went well, and sessions begun and ended, by what was committed. */
  countEvents(events: readonly ToldEvent[]): void
  countExpiredSessions(count: number): void
  countRateLimited(limit: keyof LimitsConfig): void
  /** Says which kinds of jobs there are. */
  knowJobs(kinds: readonly string[]): void
  /** @param kind One of those that {@link knowJobs} was told of. */
  countJobGivenUp(kind: string): void
  countStoreOperation(operation: StoreOperation, ms: number): void
  /**
   * Replaces what was known of the queues.
   *
   * @param queues All that there are: those without a sample are empty, samples of others are one.
   */
  setQueues(queues: readonly string[], samples: readonly QueueSample[], now: Date): void
  /** Says that nobody knows how the queues are. */
  forgetQueues(): void
}

/** Series that are there from the start, so that their first step shows as one. */
const RESULTS: readonly LoginResult[] = ['ok', 'refused', 'failed', 'cancelled']
const END_REASONS = [
  'logout',
  'revoked',
  'replaced',
  'limit',
  'reuse',
  'withdrawn',
  'kakao',
  'unlinked',
  'expired',
] as const satisfies readonly (SessionEndReason | 'expired')[]

const LIMITS = ['login', 'token', 'user'] as const satisfies readonly (keyof LimitsConfig)[]

export function createMetrics(): Metrics {
  const families = createFamilies()
  const { logins, sessionsStarted, sessionsEnded, rateLimited, queueDepth, queueOldest } = families
  const storeDurations = new Map<StoreOperation, Durations>()
  const started = sessionsStarted.of({})
  for (const result of RESULTS) logins.of({ result, kakao_code: NONE })
  for (const code of [...KAKAO_CODES.map((entry) => entry.code), OTHER]) {
    logins.of({ result: 'failed', kakao_code: String(code) })
  }
  for (const reason of END_REASONS) sessionsEnded.of({ reason })
  for (const limit of LIMITS) rateLimited.of({ limit })

  function forgetQueues(): void {
    queueDepth.clear()
    queueOldest.clear()
  }

  return {
    families,
    forgetQueues,

    countFailedLogin(result, kakaoCode) {
      logins.of({ result, kakao_code: toKakaoCodeLabel(kakaoCode) }).add()
    },

    countKakaoRequest(report) {
      const endpoint = toEndpointLabel(report)
      families.kakaoRequests.of({ endpoint, outcome: report.outcome }).add()
      if (wasSent(report)) families.kakaoDurations.of({ endpoint }).observe(report.ms)
    },

    countEvents(events) {
      for (const { type, data } of events) {
        if (type === 'user.signed_in') {
          logins.of({ result: 'ok', kakao_code: NONE }).add()
          started.add()
        } else if (type === 'session.revoked') {
          sessionsEnded.of({ reason: data.reason }).add(data.session_ids.length)
        }
      }
    },

    countExpiredSessions: (count) => sessionsEnded.of({ reason: 'expired' }).add(count),

    countRateLimited: (limit) => rateLimited.of({ limit }).add(),

    knowJobs(kinds) {
      for (const queue of kinds) families.jobsGivenUp.of({ queue })
    },

    countJobGivenUp: (queue) => families.jobsGivenUp.of({ queue }).add(),

    countStoreOperation(operation, ms) {
      let durations = storeDurations.get(operation)
      if (durations === undefined) {
        durations = families.storeDurations.of({ operation })
        storeDurations.set(operation, durations)
      }
      durations.observe(ms)
    },

    setQueues(queues, samples, now) {
      forgetQueues()
      for (const queue of queues) {
        queueDepth.of({ queue }).value = 0
        queueOldest.of({ queue }).value = 0
      }
      for (const { depth, oldest = now, ...sample } of samples) {
        const queue = queues.includes(sample.queue) ? sample.queue : OTHER
        const seconds = Math.max(0, (now.getTime() - oldest.getTime()) / 1000)
        queueDepth.of({ queue }).value += depth
        const longest = queueOldest.of({ queue })
        longest.value = Math.max(longest.value, seconds)
      }
    },
  }
}

function wasSent({ outcome }: KakaoRequestReport): boolean {
  return outcome !== 'breaker_open' && outcome !== 'too_many_calls'
}
