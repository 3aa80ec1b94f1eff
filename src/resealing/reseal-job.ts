import { BY_ITSELF, type Transact } from '../events/index.ts'
import { handleJob, type JobHandler, type JobQueue, type JobType } from '../jobs/index.ts'
import { createDeriver } from '../jose/derive.ts'
import { noteResealed, readResealed } from './reseal-fact.ts'
import {
  isResealed,
  RESEAL_START,
  type ResealingDeps,
  type ResealProgress,
  resealNext,
} from './resealing.ts'

const RESEAL: JobType<ResealProgress> = { name: 'reseal' }
const RETRY = { firstMs: 1000, mostMs: 300_000, giveUpAfterMs: Number.POSITIVE_INFINITY }
/** Short enough for a job's time, with other jobs between. */
const PAGES_AT_ONCE = 20

export interface ResealJobDeps extends ResealingDeps {
  readonly transact: Transact
  /** Told how it went. */
  readonly onDone: (progress: ResealProgress) => void
}

/** Puts what is sealed under a new first key of `SECRET_KEY`, a part at a time. */
export function handleReseal(deps: ResealJobDeps): JobHandler {
  return handleJob(RESEAL, RETRY, async (start) => {
    let progress = start
    for (let page = 0; page < PAGES_AT_ONCE && !isResealed(progress); page += 1) {
      progress = await resealNext(deps, progress)
    }
    if (!isResealed(progress)) return progress
    await noteResealed(deps.db, toFingerprint(deps))
    deps.onDone(progress)
    return undefined
  })
}

/** Begins, where the first key is not the one that everything was last put under. */
export async function startResealing(
  jobs: Pick<JobQueue, 'add'>,
  deps: Pick<ResealJobDeps, 'db' | 'secrets' | 'transact'>,
): Promise<void> {
  const fingerprint = toFingerprint(deps)
  const known = await readResealed(deps.db)
  if (known === fingerprint) return
  // A secret that was never changed has sealed everything there is.
  if (known === undefined && deps.secrets.length === 1) {
    return await noteResealed(deps.db, fingerprint)
  }
  await deps.transact(BY_ITSELF, async (unit) => {
    await jobs.add(unit, RESEAL, { subject: fingerprint, payload: RESEAL_START })
  })
}

function toFingerprint({ secrets }: Pick<ResealingDeps, 'secrets'>): string {
  return createDeriver(secrets, 'reseal fingerprint').derive('')
}
