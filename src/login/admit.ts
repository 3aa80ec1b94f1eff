import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import type { CallOptions, KakaoTokens } from '../kakao/index.ts'
import { undoLink } from '../withdrawal/index.ts'
import type { LoginAttempt } from './attempt.ts'
import { checkFacts, type KakaoFacts, readFacts, toFactsDeps } from './facts.ts'
import type { FinishLoginDeps } from './finish-login.ts'
import {
  type Comer,
  checkRequiredConsents,
  type RequiredConsentsDeps,
} from './required-consents.ts'

/** What Kakao gave for the code of an attempt. */
export interface Return {
  readonly attempt: LoginAttempt
  readonly tokens: KakaoTokens
  /** When Kakao was asked. */
  readonly askedAt: Date
  readonly circumstances: Circumstances
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
  { attempt, tokens, askedAt, circumstances }: Return,
  call: CallOptions,
): Promise<KakaoFacts> {
  const { nonce, member } = attempt
  const asking = member?.wants === 'consent' ? member : undefined
  const wanted = { tokens, nonce, askedAt, wholeOf: asking?.kakaoId }
  const facts = await readFacts(toFactsDeps(deps), wanted, call)
  if (asking === undefined) {
    return await admitComer(deps, { facts, tokens, circumstances }, call)
  }
  if (asking.kakaoId === facts.kakaoId) return facts
  throw await turnStrangerAway(deps, { facts, tokens, circumstances })
}

/**
 * Lets in who has agreed to what they have to, and is more than an id.
 *
 * @throws {KakaoError} Kakao could not be asked.
 * @throws {ProblemError} `consent_required`, `account_facts_missing`; `parameter_invalid`, see
 * {@link checkRequiredConsents}.
 */
export async function admitComer(
  deps: RequiredConsentsDeps,
  comer: Comer,
  call: CallOptions,
): Promise<KakaoFacts> {
  const facts = await checkRequiredConsents(deps, comer, call)
  checkFacts(facts, deps.config)
  return facts
}

/** Who is no member has been linked by nothing but this. */
async function turnStrangerAway(
  { transact, unlinks }: FinishLoginDeps,
  { facts, tokens, circumstances }: Comer,
): Promise<ProblemError> {
  const { kakaoId } = facts
  await transact(circumstances, (unit) => undoLink(unlinks, unit, { kakaoId, tokens }))
  return new ProblemError('identity_mismatch')
}
