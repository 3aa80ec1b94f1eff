import { Family, type FamilyOptions } from './family.ts'
import { Count, Durations, Level } from './values.ts'

const KAKAO_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const STORE_BOUNDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2]

type Options<Name extends string> = Omit<FamilyOptions<Name>, 'type'>

function count<Name extends string>(options: Options<Name>) {
  return new Family({ ...options, type: 'counter' }, () => new Count())
}

function level<Name extends string>(options: Options<Name>) {
  return new Family({ ...options, type: 'gauge' }, () => new Level())
}

function durations<Name extends string>(options: Options<Name>, bounds: readonly number[]) {
  return new Family({ ...options, type: 'histogram' }, () => new Durations(bounds))
}

export type Families = ReturnType<typeof createFamilies>

/** Every metric of ours. Nobody else's text becomes the value of a label. */
export function createFamilies() {
  return {
    logins: count({
      name: 'daemun_logins_total',
      help: 'Logins by how they ended; kakao_code is "none" where Kakao gave none.',
      labelNames: ['result', 'kakao_code'],
    }),
    kakaoRequests: count({
      name: 'daemun_kakao_requests_total',
      help: 'Requests made of Kakao, repetitions singly.',
      labelNames: ['endpoint', 'outcome'],
    }),
    kakaoDurations: durations(
      {
        name: 'daemun_kakao_request_duration_seconds',
        help: 'How long a request to Kakao took, the reading of the answer included.',
        labelNames: ['endpoint'],
      },
      KAKAO_BOUNDS,
    ),
    sessionsStarted: count({
      name: 'daemun_sessions_started_total',
      help: 'Sessions begun, with a cookie or with tokens.',
      labelNames: [],
    }),
    sessionsEnded: count({
      name: 'daemun_sessions_ended_total',
      help: 'Sessions ended by why; "expired" once they are removed.',
      labelNames: ['reason'],
    }),
    rateLimited: count({
      name: 'daemun_rate_limited_total',
      help: 'Requests refused because too many came.',
      labelNames: ['limit'],
    }),
    queueDepth: level({
      name: 'daemun_queue_depth',
      help: 'How much waits in the store, counted every ten seconds and to 10000 at most.',
      labelNames: ['queue'],
    }),
    queueOldest: level({
      name: 'daemun_queue_oldest_seconds',
      help: 'How long what waits longest has waited; 0 where nothing does.',
      labelNames: ['queue'],
    }),
    jobsGivenUp: count({
      name: 'daemun_jobs_given_up_total',
      help: 'Work behind the answers that failed for so long that it is not tried any more.',
      labelNames: ['queue'],
    }),
    storeDurations: durations(
      {
        name: 'daemun_store_duration_seconds',
        help: 'How long the store took; "connect" is the wait for a connection.',
        labelNames: ['operation'],
      },
      STORE_BOUNDS,
    ),
  }
}
