import { BY_ITSELF } from '../events/index.ts'
import { handleJob, type JobHandler, type JobType } from '../jobs/index.ts'
import {
  RECONCILE_START,
  type ReconcileDeps,
  type ReconcileProgress,
  reconcileNext,
} from './reconcile.ts'
import { claimReconciliation } from './reconcile-fact.ts'

const RECONCILE: JobType<ReconcileProgress> = { name: 'reconcile' }
/** The next day's walk takes the place of one that failed for a day. */
const RETRY = { firstMs: 60_000, mostMs: 3_600_000, giveUpAfterMs: 86_400_000 }
/** Short enough for a job's time, with other jobs between. */
const PAGES_AT_ONCE = 10

export interface ReconcileJobDeps extends ReconcileDeps {
  readonly onReconciled: (progress: ReconcileProgress) => void
}

export function handleReconcile(deps: ReconcileJobDeps): JobHandler {
  return handleJob(RECONCILE, RETRY, async (start) => {
    const [adminKey] = deps.config.kakao.adminKeys
    if (adminKey === undefined) return undefined
    let progress = start
    for (let page = 0; page < PAGES_AT_ONCE && !progress.isDone; page += 1) {
      progress = await reconcileNext(deps, adminKey, progress)
    }
    if (!progress.isDone) return progress
    deps.onReconciled(progress)
    return undefined
  })
}

/** Begins the walk of the day, on one instance. */
export function createDailyReconciliation({
  jobs,
  transact,
  config,
  now,
}: Pick<ReconcileDeps, 'jobs' | 'transact' | 'config' | 'now'>): () => Promise<void> {
  return async () => {
    if (config.kakao.adminKeys.length === 0) return
    await transact(BY_ITSELF, async (unit) => {
      if (!(await claimReconciliation(unit.db, now()))) return
      await jobs.add(unit, RECONCILE, { subject: 'all', payload: RECONCILE_START })
    })
  }
}
