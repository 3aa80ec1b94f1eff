import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import { type KakaoClient, KakaoError, type KakaoTokens } from '../kakao/index.ts'
import { deriveSessionToken, hashSecret, type Sessions } from '../sessions/index.ts'
import { findKakaoId, findUserByKakaoId, type KnownUser, type User } from '../users/index.ts'
import type { LoginAttempt } from './attempt.ts'
import { answerClaim, insertClaim } from './claim-store.ts'
import { readFacts } from './facts.ts'
import { toLoginProblem } from './kakao-problem.ts'
import type { ProfileRefresher } from './profile-refresher.ts'
import { waitForAnswer } from './repeat-answer.ts'
import { signIn } from './sign-in.ts'

export interface FinishLoginDeps {
  readonly db: Db
  readonly kakao: KakaoClient
  readonly config: Pick<Config, 'kakao' | 'login' | 'store'>
  readonly sessions: Sessions
  readonly profiles: ProfileRefresher
  readonly now: () => Date
  readonly sleep: (ms: number) => Promise<void>
  readonly randomBytes: (size: number) => Uint8Array
  /** Told of failures that the visitor's answer does not wait for. */
  readonly onError: (error: unknown) => void
}

export interface Callback {
  readonly attempt: LoginAttempt
  readonly code: string
  readonly userAgent: string | undefined
  /** The session token that the browser brought along; its session ends. */
  readonly previousToken: string | undefined
}

/** A login that went well. */
export interface FinishedLogin {
  readonly user: User
  /** `kakao_<id>` */
  readonly socialId: string
  readonly isNewUser: boolean
  readonly sessionToken: string
}

/**
 * Finishes a login: takes the code, spends it at Kakao, signs the person up or in.
 *
 * The code is taken in the store before it is spent. Whoever brings it again from the same browser
 * gets the first answer again; nobody else gets anything.
 *
 * @throws {ProblemError} With the code of what went wrong.
 */
export async function finishLogin(
  deps: FinishLoginDeps,
  callback: Callback,
): Promise<FinishedLogin> {
  const { db, now, config } = deps
  const taken = {
    codeHash: hashSecret(callback.code),
    stateHash: hashSecret(callback.attempt.state),
    sessionToken: deriveSessionToken(callback.attempt.sessionSecret, callback.code),
  }
  // Long enough for every call to Kakao and every wait for the store; longer means that we died.
  const holdMs = config.kakao.timeoutMs + 4 * config.store.timeoutMs
  const heldUntil = new Date(now().getTime() + holdMs)

  const isFirst = await insertClaim(db, { ...taken, now: now(), heldUntil })
  return isFirst ? await spendCode(deps, callback, taken) : await repeatLogin(deps, taken)
}

interface TakenCode {
  readonly codeHash: string
  readonly stateHash: string
  readonly sessionToken: string
}

async function spendCode(
  deps: FinishLoginDeps,
  callback: Callback,
  taken: TakenCode,
): Promise<FinishedLogin> {
  try {
    return await signInWithCode(deps, callback, taken)
  } catch (error) {
    const problem = error instanceof KakaoError ? toLoginProblem(error) : error
    if (problem instanceof ProblemError) await rememberProblem(deps, taken, problem)
    throw problem
  }
}

async function signInWithCode(
  deps: FinishLoginDeps,
  { attempt, code, userAgent, previousToken }: Callback,
  { codeHash, sessionToken }: TakenCode,
): Promise<FinishedLogin> {
  const { kakao, config } = deps
  const call = { signal: AbortSignal.timeout(config.kakao.timeoutMs) }
  const { redirectUri, codeVerifier, nonce } = attempt
  const grant = { code, redirectUri, ...(codeVerifier !== undefined && { codeVerifier }) }

  const tokens = await kakao.exchangeCode(grant, call)
  const facts = await readFacts(toFactsDeps(deps), { tokens, nonce }, call)
  const { user, isNewUser, known } = await signIn(deps, {
    facts,
    codeHash,
    sessionToken,
    userAgent,
    replaces: previousToken,
  })
  if (!facts.isWhole) refreshBehind(deps, { user, known, tokens })
  return { user, socialId: `kakao_${facts.kakaoId}`, isNewUser, sessionToken }
}

function toFactsDeps({ db, kakao, config, profiles }: FinishLoginDeps) {
  return {
    kakao,
    openIdConnect: config.kakao.openIdConnect,
    allowIdOnly: config.login.allowIdOnly,
    async findFresh(kakaoId: string) {
      const known = await findUserByKakaoId(db, kakaoId)
      return known && profiles.isFresh(known) ? known : undefined
    },
  }
}

/** Reads a profile that is new, old, or at odds with what was granted, once the answer is on its way. */
function refreshBehind(
  { profiles }: FinishLoginDeps,
  { user, known, tokens }: { user: User; known: KnownUser | undefined; tokens: KakaoTokens },
): void {
  const isWithdrawn =
    known?.emailState === 'shared' && tokens.scopes?.includes('account_email') === false
  if (known === undefined || !profiles.isFresh(known) || isWithdrawn) {
    profiles.refresh(user.id, tokens.accessToken)
  }
}

async function rememberProblem(
  { db, now, onError }: FinishLoginDeps,
  { codeHash }: TakenCode,
  { code, kakaoCode }: ProblemError,
): Promise<void> {
  const answer = {
    kind: 'problem',
    code,
    ...(kakaoCode !== undefined && { kakaoCode }),
  } as const
  // Where the store is away too, what went wrong first is still what the visitor hears.
  await answerClaim(db, codeHash, { answer, now: now() }).catch(onError)
}

async function repeatLogin(deps: FinishLoginDeps, taken: TakenCode): Promise<FinishedLogin> {
  const answer = await waitForAnswer(deps, taken)
  if (answer.kind === 'problem') throw new ProblemError(answer.code, answer)

  // A session that has ended since is never revived: Back on a shared computer signs nobody in.
  const signedIn = await deps.sessions.find(taken.sessionToken)
  const kakaoId = signedIn && (await findKakaoId(deps.db, signedIn.user.id))
  if (signedIn === undefined || kakaoId === undefined) throw new ProblemError('code_used')

  return {
    user: signedIn.user,
    socialId: `kakao_${kakaoId}`,
    isNewUser: answer.isNewUser,
    sessionToken: taken.sessionToken,
  }
}
