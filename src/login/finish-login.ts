import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { type KakaoClient, KakaoUnavailableError } from '../kakao/index.ts'
import type { KeptTokens } from '../kept-tokens/index.ts'
import type { UserLimit } from '../limits/index.ts'
import { hashSecret } from '../sessions/index.ts'
import { findKakaoId, findUser, type User } from '../users/index.ts'
import type { UnlinkDeps } from '../withdrawal/index.ts'
import { admit } from './admit.ts'
import type { LoginAttempt } from './attempt.ts'
import { answerClaim, type ClaimAnswer, insertClaim, retakeClaim, UNSPENT } from './claim-store.ts'
import {
  countFailedLogin,
  countingFailure,
  type FailedLoginDeps,
  noteFailedLogin,
  notingFailure,
} from './failed-login.ts'
import type { LoginGrant } from './grants/grant.ts'
import { waitForAnswer } from './repeat-answer.ts'
import { signIn } from './sign-in.ts'
import { toProblem } from './to-problem.ts'
import { LinkEndedError } from './turn-away.ts'
import type { WithdrawalTickets } from './withdrawal-ticket.ts'

export interface FinishLoginDeps extends FailedLoginDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao' | 'login' | 'store'>
  readonly jobs: JobQueue
  readonly keptTokens: KeptTokens
  readonly unlinks: UnlinkDeps
  readonly limits: UserLimit
  readonly withdrawalTickets: WithdrawalTickets
  readonly now: () => Date
  readonly sleep: (ms: number) => Promise<void>
  readonly randomBytes: (size: number) => Uint8Array
}

/** What Kakao's redirect brought, and the attempt that it belongs to. */
export interface Callback {
  readonly attempt: LoginAttempt
  readonly code: string
  readonly circumstances: Circumstances
}

/** A login that went well. */
export interface FinishedLogin<Given> {
  readonly user: User
  /** `kakao_<id>` */
  readonly socialId: string
  readonly isNewUser: boolean
  readonly given: Given
}

/**
 * Taking the code, looking the person up, signing them in, and one more. Whoever holds a code for
 * longer has died, or gives up: others may have been told so.
 */
const STORE_WAITS = 4

interface TakenCode {
  readonly codeHash: string
  readonly stateHash: string
}

/**
 * Finishes a login: takes the code, spends it at Kakao, signs the person up or in.
 *
 * The code is taken in the store before it is spent. Whoever brings it again with the same attempt
 * gets the first answer again, or spends it where nobody could; nobody else gets anything.
 *
 * @throws {ProblemError} With the code of what went wrong.
 */
export async function finishLogin<Given>(
  deps: FinishLoginDeps,
  callback: Callback,
  grant: LoginGrant<Given>,
): Promise<FinishedLogin<Given>> {
  const { db, now, config } = deps
  const taken = {
    codeHash: hashSecret(callback.code),
    stateHash: hashSecret(callback.attempt.state),
  }
  const holdMs = config.kakao.timeoutMs + STORE_WAITS * config.store.timeoutMs
  const heldUntil = new Date(now().getTime() + holdMs)

  const claim = { ...taken, now: now(), heldUntil }
  const isMine = await countingFailure(
    deps,
    async () => (await insertClaim(db, claim)) || (await retakeClaim(db, claim)),
  )
  return isMine
    ? await spendCode(deps, { callback, taken, grant })
    : await repeatLogin(deps, { callback, taken, grant })
}

async function spendCode<Given>(
  deps: FinishLoginDeps,
  login: { callback: Callback; taken: TakenCode; grant: LoginGrant<Given> },
): Promise<FinishedLogin<Given>> {
  try {
    return await signInWithCode(deps, login)
  } catch (error) {
    const problem = toProblem(error)
    await rememberProblem(deps, login, problem)
    throw problem
  }
}

async function signInWithCode<Given>(
  deps: FinishLoginDeps,
  login: { callback: Callback; taken: TakenCode; grant: LoginGrant<Given> },
): Promise<FinishedLogin<Given>> {
  const { kakao, config, now } = deps
  const { attempt, code, circumstances } = login.callback
  const call = { signal: AbortSignal.timeout(config.kakao.timeoutMs) }
  const { redirectUri, codeVerifier, member } = attempt
  const exchange = { code, redirectUri, ...(codeVerifier !== undefined && { codeVerifier }) }

  const askedAt = now()
  checkWorthSpending(deps)
  const tokens = await kakao.exchangeCode(exchange, call).catch(throwUnspent)
  const facts = await admit(deps, { attempt, tokens, askedAt, circumstances, ...call })
  const path = member?.wants === 'consent' ? 'consent' : 'login'
  const linkTo = member?.wants === 'link' ? member.userId : undefined
  const signingIn = { facts, circumstances, tokens, path, linkTo, ...call } as const
  const { user, isNewUser, given } = await signIn(deps, signingIn, async (unit, person) => {
    const answer = { kind: 'signed_in', isNewUser: person.isNewUser } as const
    const sealedKakaoTokens = deps.keptTokens.seal(tokens)
    const handedOut = await login.grant.give(unit, { ...person, sealedKakaoTokens })
    const isHeld = await answerClaim(unit.db, login.taken.codeHash, { answer, now: now() })
    if (!isHeld) throw new ProblemError('login_interrupted')
    return handedOut
  })
  return { user, socialId: `kakao_${facts.kakaoId}`, isNewUser, given }
}

/** Without ID tokens it is kapi that tells who has come: while it is left alone, codes would be lost. */
function checkWorthSpending({ kakao, config }: FinishLoginDeps): void {
  if (config.kakao.openIdConnect) return
  try {
    kakao.checkBreaker('kapi')
  } catch (error) {
    throwUnspent(error)
  }
}

/** Kakao was not asked: the code is as good as new. */
class CodeUnspentError extends ProblemError {
  constructor(cause: KakaoUnavailableError) {
    super('kakao_unavailable', { retryAfterMs: cause.retryAfterMs, cause })
  }
}

function throwUnspent(error: unknown): never {
  const isUnspent = error instanceof KakaoUnavailableError && !error.wasSent
  throw isUnspent ? new CodeUnspentError(error) : error
}

async function rememberProblem(
  deps: FinishLoginDeps,
  { callback, taken }: { callback: Callback; taken: TakenCode },
  problem: ProblemError,
): Promise<void> {
  const answer = toAnswer(problem)
  try {
    const isFirst = await answerClaim(deps.db, taken.codeHash, { answer, now: deps.now() })
    // Where a sign-in was committed and only the word of it got lost, the answer that is there stays.
    if (isFirst) await noteFailedLogin(deps, callback.circumstances, problem)
  } catch (error) {
    // Where the store is away too, what went wrong first is still what the visitor hears.
    countFailedLogin(deps, problem)
    deps.onError(error)
  }
}

function toAnswer(problem: ProblemError): ClaimAnswer {
  if (problem instanceof CodeUnspentError) return UNSPENT
  if (problem instanceof LinkEndedError) return { kind: 'link_ended' }
  const { code, kakaoCode, fields } = problem
  return { kind: 'problem', code, ...(kakaoCode !== undefined && { kakaoCode }), fields }
}

/** A problem told before is told again; only what is new has failed. */
async function repeatLogin<Given>(
  deps: FinishLoginDeps,
  { callback, taken, grant }: { callback: Callback; taken: TakenCode; grant: LoginGrant<Given> },
): Promise<FinishedLogin<Given>> {
  const repeated = await notingFailure(deps, callback.circumstances, async () => {
    const answer = await waitForAnswer({ ...deps, repeatMs: grant.repeatMs }, taken)
    if (answer.kind === 'link_ended') return new LinkEndedError()
    if (answer.kind === 'problem') return new ProblemError(answer.code, answer)
    return await findLogin(deps, grant, answer)
  })
  if (repeated instanceof ProblemError) throw repeated
  return repeated
}

/** What has ended since is never revived: Back on a shared computer signs nobody in. */
async function findLogin<Given>(
  { db }: FinishLoginDeps,
  grant: LoginGrant<Given>,
  { isNewUser }: { isNewUser: boolean },
): Promise<FinishedLogin<Given>> {
  const found = await grant.findGiven()
  const user = found && (await findUser(db, found.userId))
  const kakaoId = found && (await findKakaoId(db, found.userId))
  if (found === undefined || user === undefined || kakaoId === undefined) {
    throw new ProblemError('code_used')
  }
  return { user, socialId: `kakao_${kakaoId}`, isNewUser, given: found.given }
}
