import { isConsentNeeded } from '../consents/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import { type CallOptions, KakaoError, type KakaoTokens, KapiError } from '../kakao/index.ts'
import { hashSecret, randomSession } from '../sessions/index.ts'
import type { IssuedRefreshToken, TokenSets } from '../tokens/index.ts'
import { toPartialProfile } from '../users/index.ts'
import { admitComer } from './admit.ts'
import { type KakaoFacts, readMyFacts } from './facts.ts'
import { notingFailure } from './failed-login.ts'
import type { FinishedLogin, FinishLoginDeps } from './finish-login.ts'
import { toLoginProblem } from './kakao-problem.ts'
import { checkNonce, toExpectedNonce } from './native-nonce.ts'
import type { RequiredConsentsDeps } from './required-consents.ts'
import { signIn } from './sign-in.ts'
import { LinkEndedError } from './turn-away.ts'
import { insertUsedIdToken } from './used-id-token-store.ts'

export interface NativeLoginDeps
  extends Pick<
    FinishLoginDeps,
    'limits' | 'now' | 'onError' | 'onFailedLogin' | 'randomBytes' | keyof RequiredConsentsDeps
  > {
  readonly tokenSets: TokenSets
}

/** What a mobile app got from Kakao's SDK: one of the two. */
export type NativeProof =
  | { readonly idToken: string; readonly nonce: string | undefined }
  | { readonly accessToken: string }

/** Whose phone it is, as far as it says. */
export interface NativeCaller {
  readonly device: string
  readonly circumstances: Circumstances
}

/** An ID token is good for so long after it was issued, and a minute for clocks that differ. */
const ID_TOKEN_MAX_AGE_MS = 10 * 60_000
const CLOCK_SKEW_MS = 60_000
/** So long is it known as used: longer than it is good by the clock of any instance. */
const REMEMBERED_MS = 3_600_000

/**
 * Signs somebody in with what their phone got from Kakao's SDK.
 *
 * An ID token is verified here, without a call to Kakao in the caller's way. An access token counts
 * only once Kakao has said that it was issued to our app: anybody's app could bring one.
 *
 * @throws {ProblemError} With the code of what went wrong.
 */
export async function loginNatively(
  deps: NativeLoginDeps,
  proof: NativeProof,
  caller: NativeCaller,
): Promise<FinishedLogin<IssuedRefreshToken>> {
  return await notingFailure(
    deps,
    caller.circumstances,
    async () => await signInNatively(deps, proof, caller),
  )
}

async function signInNatively(
  deps: NativeLoginDeps,
  proof: NativeProof,
  { device, circumstances }: NativeCaller,
): Promise<FinishedLogin<IssuedRefreshToken>> {
  const call = { signal: AbortSignal.timeout(deps.config.kakao.timeoutMs) }
  const { facts, tokens, within } = await readProof(deps, { proof, circumstances }, call)

  const session = randomSession(deps.randomBytes)
  const signingIn = {
    facts,
    circumstances,
    tokens,
    path: 'login',
    linkTo: undefined,
    ...call,
  } as const
  const signedIn = signIn(deps, signingIn, async (unit, person) => {
    await within(unit.db)
    const { user, kakaoId } = person
    const begun = { ...session, userId: user.id, kakaoId, device, method: 'native' } as const
    const given = await deps.tokenSets.begin(unit, begun)
    await deps.keptTokens.keep(unit.db, session.id, tokens && deps.keptTokens.seal(tokens))
    return given
  })
  const { user, isNewUser, given } = await signedIn.catch(async (error: unknown) => {
    if (!(error instanceof LinkEndedError)) throw error
    // What Kakao gave for the link that is no more must not sign anybody up either.
    await within(deps.db)
    throw new ProblemError('kakao_token_refused', { cause: error })
  })
  return { user, socialId: `kakao_${facts.kakaoId}`, isNewUser, given }
}

interface ReadProof {
  readonly facts: KakaoFacts
  /** Kakao's, where the app handed one over. */
  readonly tokens?: KakaoTokens
  /** What belongs into the transaction of the sign-in. */
  readonly within: (db: Db) => Promise<void>
}

async function readProof(
  deps: NativeLoginDeps,
  { proof, circumstances }: { proof: NativeProof; circumstances: Circumstances },
  call: { readonly signal: AbortSignal },
): Promise<ReadProof> {
  try {
    const read =
      'idToken' in proof
        ? await readIdToken(deps, proof, call)
        : await readAccessToken(deps, proof.accessToken, call)
    const { facts, tokens } = read
    const admitted = await admitComer(deps, { facts, tokens, circumstances, ...call })
    return { ...read, facts: admitted }
  } catch (error) {
    throw error instanceof KakaoError ? toNativeProblem(error) : error
  }
}

async function readIdToken(
  { kakao, config, now }: NativeLoginDeps,
  { idToken, nonce }: { idToken: string; nonce: string | undefined },
  call: CallOptions,
): Promise<ReadProof> {
  const policy = config.login.nativeNonce
  const expected = toExpectedNonce(policy, nonce)
  const { audiences } = config.kakao
  const verified = await kakao.verifyIdToken(idToken, { audiences, ...expected }, call)
  checkNonce(policy, { given: nonce, inToken: verified.nonce })

  const oldest = now().getTime() - ID_TOKEN_MAX_AGE_MS - CLOCK_SKEW_MS
  if (verified.issuedAt.getTime() < oldest) throw new ProblemError('id_token_stale')

  const profile = toPartialProfile(verified)
  const isBare = Object.keys(profile).length === 0
  const hash = hashSecret(idToken)
  const expiresAt = new Date(verified.issuedAt.getTime() + REMEMBERED_MS)
  return {
    facts: {
      kakaoId: verified.subject,
      profile,
      isWhole: false,
      isBare,
      askedAt: verified.issuedAt,
    },
    async within(db) {
      if (!(await insertUsedIdToken(db, hash, expiresAt))) throw new ProblemError('id_token_used')
    },
  }
}

async function readAccessToken(
  { kakao, config, now }: NativeLoginDeps,
  accessToken: string,
  call: CallOptions,
): Promise<ReadProof> {
  const { appId } = config.kakao
  if (appId === undefined) throw new ProblemError('access_token_not_accepted')

  const askedAt = now()
  const token = await kakao.asUser(accessToken).getAccessTokenInfo({ ...call, retries: 0 })
  if (String(token.appId) !== appId) throw new ProblemError('kakao_token_foreign')
  const facts = { ...(await readMyFacts(kakao, accessToken, call)), askedAt }
  return { facts, tokens: { accessToken, expiresAt: token.expiresAt }, async within() {} }
}

/**
 * A refusal that is the person's or the token's: -2 is a malformed one, and -401 may also mean that
 * our address is not allowed.
 */
function toNativeProblem(error: KakaoError): ProblemError {
  const isRefusal =
    error instanceof KapiError &&
    !isConsentNeeded(error) &&
    (error.fault === 'visitor' || [-401, -2].includes(error.kakaoCode))
  if (!isRefusal) return toLoginProblem(error)
  return new ProblemError('kakao_token_refused', { kakaoCode: error.kakaoCode, cause: error })
}
