import type { ConsentPath, UnitOfWork } from '../events/index.ts'
import type { JobQueue, JobType } from '../jobs/index.ts'

/** Whom to ask Kakao about, and on whose word. */
export interface RereadRequest {
  readonly userId: string
  readonly kakaoId: string
  /** Default: `sync`. */
  readonly path?: ConsentPath
  /** A Kakao access token of theirs, for where there is no admin key. */
  readonly accessToken?: string
}

export interface RereadPayload extends RereadRequest {
  /** Only if this consent item still stands as agreed to. */
  readonly item?: string
  /** Milliseconds since 1970. What was read since then is new enough. */
  readonly requestedAt: number
}

export const REREAD: JobType<RereadPayload> = { name: 'reread' }

/**
 * Has an identity's profile, consents and terms read from Kakao, behind the answer. Where neither an
 * admin key nor a token is at hand, the next login has it done.
 */
export async function requestReread(
  jobs: JobQueue,
  unit: UnitOfWork,
  request: RereadRequest,
): Promise<void> {
  const { userId, kakaoId } = request
  await unit.db
    .updateTable('identities')
    .set(({ eb }) => ({ read_at: null, revision: eb('revision', '+', 1) }))
    .where('kakao_id', '=', kakaoId)
    .execute()
  const payload = { ...request, requestedAt: unit.at.getTime() }
  await jobs.add(unit, REREAD, { subject: userId, payload })
}

/** Longer than a revocation may take. */
const CHECK_AFTER_MS = 2 * 60_000

/**
 * Has Kakao asked, later, what became of a revocation: should nobody live to hear the answer, what
 * is revoked there does not stay here.
 */
export async function requestCheck(
  jobs: JobQueue,
  unit: UnitOfWork,
  request: { readonly userId: string; readonly kakaoId: string; readonly item: string },
): Promise<void> {
  const dueAt = new Date(unit.at.getTime() + CHECK_AFTER_MS)
  const payload = { ...request, requestedAt: dueAt.getTime() }
  await jobs.add(unit, REREAD, { subject: request.userId, payload, dueAt })
}

/** Whether what Kakao said then is new enough to go by. @param readAt `null`: it never said it. */
export function isFresh(
  readAt: Date | null,
  { maxAgeMs, now }: { readonly maxAgeMs: number; readonly now: Date },
): boolean {
  return readAt !== null && readAt.getTime() + maxAgeMs > now.getTime()
}
