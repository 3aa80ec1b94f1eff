import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import type { KakaoTokens } from '../kakao/index.ts'
import type { LoginAttempt } from './attempt.ts'
import { checkFacts, type KakaoFacts, readFacts, toFactsDeps } from './facts.ts'
import type { FinishLoginDeps } from './finish-login.ts'
import {
  type Comer,
  checkRequiredConsents,
  type RequiredConsentsDeps,
} from './required-consents.ts'
import { undoFreshLink } from './undo-fresh-link.ts'

/** What Kakao gave for the code of an attempt. */
export interface Return {
  readonly attempt: LoginAttempt
  readonly tokens: KakaoTokens
  /** When Kakao was asked. */
  readonly askedAt: Date
  readonly circumstances: Circumstances
  /** When the visitor has waited for Kakao long enough. */
  readonly signal: AbortSignal
}

/**
 * Learns who has come back from Kakao, and turns away who may not come in.
 *
 * @throws {KakaoError} Kakao could not be asked, or the ID token must not be trusted.
 * @throws {ProblemError} `identity_mismatch`: it is not the member who asked for more.
 * `consent_required`; `account_facts_missing`, `id_token_invalid`.
 */
export async function admit(
  deps: FinishLoginDeps,
  { attempt, askedAt, ...login }: Return,
): Promise<KakaoFacts> {
  const { tokens, signal } = login
  const { nonce, member } = attempt
  const asking = member?.wants === 'consent' ? member : undefined
  const wanted = { tokens, nonce, askedAt, wholeOf: asking?.kakaoId }
  const facts = await readFacts(toFactsDeps(deps), wanted, { signal })
  if (asking === undefined) return await admitComer(deps, { ...login, facts })
  if (asking.kakaoId === facts.kakaoId) return facts
  // Who is no member has been linked by nothing but this.
  await undoFreshLink(deps, { ...login, facts })
  throw new ProblemError('identity_mismatch')
}

/**
 * Lets in who has agreed to what they have to, and is more than an id.
 *
 * @throws {KakaoError} Kakao could not be asked.
 * @throws {ProblemError} `consent_required`, `account_facts_missing`; `parameter_invalid`, see
 * {@link checkRequiredConsents}.
 */
export async function admitComer(deps: RequiredConsentsDeps, comer: Comer): Promise<KakaoFacts> {
  const facts = await checkRequiredConsents(deps, comer)
  checkFacts(facts, deps.config)
  return facts
}
