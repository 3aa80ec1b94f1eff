import type { Db } from '../db/index.ts'
import { listLinked } from '../users/index.ts'
import { askWhetherLinked, type CheckLinkDeps, carryOut } from './check-link-job.ts'

export interface ReconcileDeps extends CheckLinkDeps {
  readonly db: Db
}

/** How far a walk through the identities has come. */
export interface ReconcileProgress {
  /** The last Kakao id looked at. */
  readonly after?: string
  readonly checked: number
  /** Kakao did not list them among its linked people. */
  readonly missing: number
  /** Of those, the links that were gone, and are now here too. */
  readonly unlinked: number
  readonly isDone: boolean
}

export const RECONCILE_START: ReconcileProgress = {
  checked: 0,
  missing: 0,
  unlinked: 0,
  isDone: false,
}

/** What a whole walk has found. */
export type Reconciliation = Pick<ReconcileProgress, 'checked' | 'missing' | 'unlinked'>

/**
 * Compares all identities with Kakao.
 *
 * @throws {KakaoError} Kakao refused, or could not be had.
 * @throws {Error} `KAKAO_ADMIN_KEY` is not set.
 */
export async function reconcile(deps: ReconcileDeps): Promise<Reconciliation> {
  const [adminKey] = deps.config.kakao.adminKeys
  if (adminKey === undefined) throw new Error('KAKAO_ADMIN_KEY is not set')
  let progress = RECONCILE_START
  while (!progress.isDone) progress = await reconcileNext(deps, adminKey, progress)
  const { checked, missing, unlinked } = progress
  return { checked, missing, unlinked }
}

/** As many as Kakao takes in one call. */
const PAGE_SIZE = 100

/**
 * Compares the next identities with what Kakao says of them. Kakao does not repeat an unlink webhook
 * that was lost: this finds what was missed.
 *
 * @throws {KakaoError} Kakao refused, or could not be had; `progress` is where to go on.
 */
export async function reconcileNext(
  deps: ReconcileDeps,
  adminKey: string,
  progress: ReconcileProgress,
): Promise<ReconcileProgress> {
  const askedAt = deps.now()
  const identities = await listLinked(deps.db, { after: progress.after, most: PAGE_SIZE })
  const ids = identities.map(({ kakaoId }) => kakaoId)
  const listed = new Set((await deps.kakao.asAdmin(adminKey).listUsers(ids)).map(({ id }) => id))

  const missing = identities.filter(({ kakaoId }) => !listed.has(kakaoId))
  let unlinked = 0
  for (const { kakaoId, userId } of missing) {
    // Nobody has told us anything, so that only a plain no is believed.
    if ((await askWhetherLinked(deps, kakaoId)) !== 'gone') continue
    const check = { kakaoId, userId, reason: 'reconcile', endedAt: askedAt.getTime() }
    if (await carryOut(deps, check, askedAt)) unlinked += 1
  }
  const after = ids.at(-1)
  return {
    ...(after !== undefined && { after }),
    checked: progress.checked + ids.length,
    missing: progress.missing + missing.length,
    unlinked: progress.unlinked + unlinked,
    isDone: ids.length < PAGE_SIZE,
  }
}
