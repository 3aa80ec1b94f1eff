import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { type CallOptions, KakaoError, type KakaoScope, KapiError } from '../kakao/index.ts'
import { eraseFields, findUncovered, lockIdentity } from '../users/index.ts'
import type { Consent } from './consent.ts'
import { findEntries, listConsents } from './consent-store.ts'
import { recordConsents } from './ledger.ts'
import { findPersonAccess, type PersonAccess, type PersonAccessDeps } from './person-access.ts'
import { toPersonProblem } from './person-problem.ts'
import { requestCheck } from './reread.ts'

export interface RevokeDeps extends PersonAccessDeps {
  readonly db: Db
  readonly transact: Transact
  readonly jobs: JobQueue
}

export interface Revocation {
  readonly userId: string
  readonly kakaoId: string
  readonly sessionId: string
  /** The consent item. */
  readonly item: string
  readonly circumstances: Circumstances
}

/** "Cannot be revoked": the item is required. */
const NOT_REVOCABLE = -3
/** Kakao knows of no such consent: an unknown item; a person not linked, or gone. */
const NOTHING_TO_REVOKE = new Set([-2, -101, -103])

/**
 * Takes back a consent at Kakao, and erases the values that it covered with the ledger's entry.
 *
 * @returns How the consent stands now. What was not agreed to is none to take back.
 * @throws {ProblemError} `consent_unknown`; `consent_not_revocable`; as {@link toPersonProblem} says
 * where Kakao could not do it: nothing has changed then.
 */
export async function revokeConsent(deps: RevokeDeps, revocation: Revocation): Promise<Consent> {
  const { kakaoId, item } = revocation
  const entry = (await findEntries(deps.db, { kakaoId, kind: 'item' })).get(item)
  if (entry === undefined) throw new ProblemError('consent_unknown')
  if (entry.agreed) {
    try {
      const scopes = await revokeAtKakao(deps, revocation)
      await deps.transact(revocation.circumstances, (unit) => revokeHere(unit, revocation, scopes))
    } catch (error) {
      throw await noteRefusal(deps, revocation, error)
    }
  }
  return await getConsent(deps.db, revocation)
}

/** @returns How the person's consents stand at Kakao, as far as it said. */
async function revokeAtKakao(
  deps: RevokeDeps,
  revocation: Revocation,
): Promise<readonly KakaoScope[]> {
  const { item, kakaoId } = revocation
  const call = { signal: AbortSignal.timeout(deps.config.kakao.timeoutMs) }
  const person = await getAccess(deps, kakaoId, call)
  await beReadyToDie(deps, revocation)
  try {
    const { scopes } = await person.revokeScopes([item], call)
    const stays = scopes.some(({ id, isAgreed }) => id === item && isAgreed)
    if (stays) throw new ProblemError('kakao_unavailable')
    return scopes
  } catch (error) {
    if (error instanceof KapiError && NOTHING_TO_REVOKE.has(error.kakaoCode)) return []
    throw error
  }
}

/** @throws {ProblemError} `recent_login_required`: a login brings a token that is missing now. */
async function getAccess(
  deps: RevokeDeps,
  kakaoId: string,
  call: CallOptions,
): Promise<PersonAccess> {
  const person = await findPersonAccess(deps, { kakaoId }, call)
  if (person !== undefined) return person
  if (deps.config.kakao.keepTokens) throw new ProblemError('recent_login_required')
  const cause = new Error('KAKAO_ADMIN_KEY is not set and no token is kept: nothing can be revoked')
  throw new ProblemError('kakao_misconfigured', { cause })
}

/** Whoever dies before they know what Kakao made of it leaves a job that asks. */
async function beReadyToDie({ transact, jobs }: RevokeDeps, revocation: Revocation): Promise<void> {
  const { userId, kakaoId, item } = revocation
  await transact(revocation.circumstances, async (unit) => {
    await requestCheck(jobs, unit, { userId, kakaoId, item })
  })
}

async function revokeHere(
  unit: UnitOfWork,
  { userId, kakaoId, item }: Revocation,
  scopes: readonly KakaoScope[],
): Promise<void> {
  // They left a moment ago: then nothing is left to erase.
  if ((await lockIdentity(unit.db, kakaoId)) === undefined) return
  const part = { kakaoId, kind: 'item' } as const
  const news = {
    ...part,
    userId,
    path: 'revocation',
    facts: [{ id: item, agreed: false }],
  } as const
  await recordConsents(unit, news)
  const entries = await findEntries(unit.db, part)
  const agrees = (id: string) =>
    entries.get(id)?.agreed ?? scopes.find((scope) => scope.id === id)?.isAgreed
  await eraseFields(unit, { userId, kakaoId }, findUncovered(agrees))
}

/** Leaves a line in the audit log, and what was learned. @returns What to throw. */
async function noteRefusal(
  { transact }: RevokeDeps,
  revocation: Revocation,
  error: unknown,
): Promise<unknown> {
  const problem = error instanceof KakaoError ? toRevocationProblem(error) : error
  if (!(problem instanceof ProblemError)) return problem
  const { userId, kakaoId, sessionId, item } = revocation
  const { code } = problem
  await transact(revocation.circumstances, async (unit) => {
    const result = code === 'kakao_unavailable' ? 'failed' : 'refused'
    unit.note({ action: 'consent.changed', userId, sessionId, result, code })
    if (code !== 'consent_not_revocable') return
    await lockIdentity(unit.db, kakaoId)
    const facts = [{ id: item, agreed: true, required: true, revocable: false }]
    await recordConsents(unit, { userId, kakaoId, kind: 'item', path: 'sync', facts })
  })
  return problem
}

function toRevocationProblem(error: KakaoError): ProblemError {
  if (!(error instanceof KapiError) || error.kakaoCode !== NOT_REVOCABLE) {
    return toPersonProblem(error)
  }
  const { kakaoCode } = error
  return new ProblemError('consent_not_revocable', { kakaoCode, cause: error })
}

async function getConsent(db: Db, { kakaoId, item }: Revocation): Promise<Consent> {
  const consents = await listConsents(db, { kakaoId, kind: 'item' })
  const consent = consents.find(({ id }) => id === item)
  // They left a moment ago.
  if (consent === undefined) throw new ProblemError('not_signed_in')
  return consent
}
