import { findAgreed, findPersonAccess } from '../consents/index.ts'
import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import type { CallOptions, KakaoPersonApi, KakaoTokens } from '../kakao/index.ts'
import { findUserByKakaoId } from '../users/index.ts'
import type { KakaoFacts } from './facts.ts'
import type { FinishLoginDeps } from './finish-login.ts'
import { refuseConsents } from './refuse-consents.ts'

export type RequiredConsentsDeps = Pick<
  FinishLoginDeps,
  'config' | 'db' | 'jobs' | 'kakao' | 'keptTokens' | 'transact' | 'unlinks' | 'withdrawalTickets'
>

/** Who wants to come in. */
export interface Comer {
  readonly facts: KakaoFacts
  /** What Kakao gave; absent where a phone brought nothing but an ID token. */
  readonly tokens: KakaoTokens | undefined
  readonly circumstances: Circumstances
  /** When they have waited for Kakao long enough. */
  readonly signal: AbortSignal
}

/** The visitor waits: what fails is told at once. */
const AT_ONCE = { retries: 0 }

/**
 * Lets in only who has agreed to all that the service requires. What a token answer says is enough;
 * what it lacks is no refusal by itself, so Kakao is asked.
 *
 * @returns The facts, with what Kakao said on the way.
 * @throws {KakaoError} Kakao could not be asked.
 * @throws {ProblemError} `consent_required`, see {@link refuseConsents}; `parameter_invalid`: nobody
 * can say without an access token.
 */
export async function checkRequiredConsents(
  deps: RequiredConsentsDeps,
  comer: Comer,
): Promise<KakaoFacts> {
  const { facts, signal } = comer
  const call = { signal }
  const findMissing = (agreed: readonly string[] = []) =>
    deps.config.kakao.requiredConsents.filter((item) => !covers(agreed, item))
  if (findMissing(facts.scopes).length === 0) return facts

  const known = await findUserByKakaoId(deps.db, facts.kakaoId)
  const isMember = known !== undefined
  const scopes =
    comer.tokens === undefined
      ? await findScopesWithoutToken(deps, { facts, isMember, findMissing }, call)
      : await readScopes(deps.kakao.asUser(comer.tokens.accessToken), call)
  const missing = findMissing(scopes)
  if (missing.length === 0) return { ...facts, scopes }
  throw await refuseConsents(deps, { ...comer, missing, userId: known?.user.id })
}

/** The old combined item stands for both of its halves. */
function covers(agreed: readonly string[], item: string): boolean {
  const isHalf = item === 'profile_nickname' || item === 'profile_image'
  return agreed.includes(item) || (isHalf && agreed.includes('profile'))
}

async function readScopes(person: KakaoPersonApi, call: CallOptions): Promise<string[]> {
  const { scopes } = await person.getScopes({ ...call, ...AT_ONCE })
  return scopes.filter(({ isAgreed }) => isAgreed).map(({ id }) => id)
}

/** An ID token does not say what was agreed to. Of a member the ledger may, or Kakao. */
async function findScopesWithoutToken(
  deps: RequiredConsentsDeps,
  {
    facts: { kakaoId },
    isMember,
    findMissing,
  }: {
    facts: KakaoFacts
    isMember: boolean
    findMissing: (agreed: readonly string[]) => readonly string[]
  },
  call: CallOptions,
): Promise<string[]> {
  if (isMember) {
    const agreed = await findAgreed(deps.db, kakaoId)
    if (findMissing(agreed).length === 0) return agreed
    const person = await findPersonAccess(deps, { kakaoId }, call)
    if (person !== undefined) return await readScopes(person, call)
  }
  throw new ProblemError('parameter_invalid', {
    detail: 'An ID token does not say what was agreed to: send access_token instead.',
  })
}
