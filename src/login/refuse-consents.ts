import { findAgreed, requestReread } from '../consents/index.ts'
import { ProblemError } from '../errors.ts'
import type { Comer, RequiredConsentsDeps } from './required-consents.ts'
import { toSpareToken } from './spare-token.ts'
import { undoFreshLink } from './undo-fresh-link.ts'

export interface RefusedComer extends Comer {
  /** The consent items that are missing. */
  readonly missing: readonly string[]
  /** Of a member. */
  readonly userId: string | undefined
}

/**
 * Keeps nothing of a visitor who is not let in. Who is no member is unlinked again at Kakao; a
 * member stays one, and may leave on the spot. What the ledger has wrong of them is set right.
 *
 * @returns `consent_required`, to throw.
 */
export async function refuseConsents(
  deps: RequiredConsentsDeps,
  comer: RefusedComer,
): Promise<ProblemError> {
  const { missing, userId } = comer
  await (userId === undefined
    ? undoFreshLink(deps, comer)
    : setLedgerRight(deps, { ...comer, userId }))
  return new ProblemError('consent_required', {
    fields: { missing_consents: missing },
    ...(userId !== undefined && { withdrawalTicket: deps.withdrawalTickets.seal(userId) }),
  })
}

/** What a member had agreed to and has not any more must not stay. */
async function setLedgerRight(
  { db, transact, jobs, config }: RequiredConsentsDeps,
  { facts, tokens, circumstances, missing, userId }: RefusedComer & { readonly userId: string },
): Promise<void> {
  const { kakaoId } = facts
  const agreed = await findAgreed(db, kakaoId)
  if (!missing.some((item) => agreed.includes(item))) return
  const token = toSpareToken(config, tokens?.accessToken)
  await transact(circumstances, async (unit) => {
    await requestReread(jobs, unit, { userId, kakaoId, ...token })
  })
}
