import type { Config } from '../config/index.ts'
import { isFresh, recordGrant, requestReread } from '../consents/index.ts'
import { ProblemError } from '../errors.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import type { JobQueue } from '../jobs/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { KakaoTokens } from '../kakao/index.ts'
import type { UserLimit } from '../limits/index.ts'
import {
  findUncovered,
  findUser,
  findUserByKakaoId,
  insertIdentity,
  insertUser,
  type KnownUser,
  keepProfile,
  lockUser,
  type ProfileField,
  type ProfileReading,
  touchIdentity,
  toWithheld,
  type User,
} from '../users/index.ts'
import { findObstacle, type UnlinkDeps } from '../withdrawal/index.ts'
import type { KakaoFacts } from './facts.ts'
import type { SignedInPerson } from './grants/grant.ts'
import { toSpareToken } from './spare-token.ts'
import { NotAdmittedError, turnAway } from './turn-away.ts'

export interface SignInDeps {
  readonly transact: Transact
  readonly jobs: JobQueue
  readonly config: Pick<Config, 'kakao' | 'login'>
  readonly unlinks: UnlinkDeps
  readonly limits: UserLimit
  readonly randomBytes: (size: number) => Uint8Array
}

/** Who has just signed up or in. */
export type NewlySignedIn = Omit<SignedInPerson, 'sealedKakaoTokens'>

/** Who comes in, and how. */
export interface SigningIn {
  readonly facts: KakaoFacts
  readonly circumstances: Circumstances
  /** Kakao's, if they came with the login. */
  readonly tokens: KakaoTokens | undefined
  /** By which path what they agreed to was asked for. */
  readonly path: 'login' | 'consent'
  /** The user whom the Kakao account is to be tied to; absent: whose it is, or a new one. */
  readonly linkTo: string | undefined
  /** When the visitor has waited for Kakao long enough. */
  readonly signal: AbortSignal
}

export interface SignInResult<Given> extends NewlySignedIn {
  readonly given: Given
}

/**
 * Signs a person up or in: user, identity, consents, profile and what they are given, all in one
 * transaction. However many logins of one new person arrive at once, one user is made.
 *
 * @param give What else belongs into the transaction.
 * @throws {ProblemError} See {@link turnAway}; `rate_limited`, `identity_taken`.
 */
export async function signIn<Given>(
  deps: SignInDeps,
  signingIn: SigningIn,
  give: (unit: UnitOfWork, person: NewlySignedIn) => Promise<Given>,
): Promise<SignInResult<Given>> {
  const id = `usr_${encodeBase64url(deps.randomBytes(16))}`
  const { facts, circumstances } = signingIn
  const { kakaoId } = facts

  const signingUp = deps.transact(circumstances, async (unit) => {
    const comer = await findOrInsert(deps, unit, { id, signingIn })
    const { isNewUser, person } = comer
    if (isNewUser) tellCreated(unit, person, facts)
    const user = await keepFacts(deps, unit, { signingIn, ...comer })
    const signedIn = { user, kakaoId, isNewUser }
    return { ...signedIn, given: await give(unit, signedIn) }
  })
  return await signingUp.catch(async (error) => {
    if (!(error instanceof NotAdmittedError)) throw error
    throw await turnAway(deps, signingIn, error.refusal)
  })
}

function tellCreated(unit: UnitOfWork, user: User, { scopes = [] }: KakaoFacts): void {
  const consents = scopes.filter((scope) => scope !== 'openid')
  unit.tell({ type: 'user.created', userId: user.id, data: { consents } })
}

async function findOrInsert(
  deps: SignInDeps,
  unit: UnitOfWork,
  newcomer: { id: string; signingIn: SigningIn },
): Promise<Omit<Comer, 'signingIn'>> {
  // Touched first: what is read then nobody changes before we have.
  const { id, signingIn } = newcomer
  const { facts, linkTo } = signingIn
  const { kakaoId } = facts
  const isKnown = await touchIdentity(unit, kakaoId)
  const known = isKnown ? await findUserByKakaoId(unit.db, kakaoId) : undefined
  if (known !== undefined) {
    if (linkTo !== undefined && linkTo !== known.user.id) throw new ProblemError('identity_taken')
    deps.limits.countUser(known.user.id)
    return { person: known.user, known, isNewUser: false }
  }

  const obstacle = await findObstacle(deps.unlinks, unit, facts)
  if (obstacle !== undefined) throw new NotAdmittedError(obstacle)
  const person =
    linkTo === undefined
      ? await insertUser(unit.db, { id, kakaoId, now: unit.at })
      : await linkUser(unit, { userId: linkTo, kakaoId })
  // Without one, another instance has signed the same person up since we looked.
  return person === undefined
    ? await findOrInsert(deps, unit, newcomer)
    : { person, known: undefined, isNewUser: linkTo === undefined }
}

/** @returns `undefined`: somebody else has just been tied to that Kakao account. */
async function linkUser(
  unit: UnitOfWork,
  { userId, kakaoId }: { userId: string; kakaoId: string },
): Promise<User | undefined> {
  // Who is leaving this moment is waited for: their new link would stay at Kakao.
  await lockUser(unit.db, userId)
  const user = await findUser(unit.db, userId)
  if (user === undefined) throw new NotAdmittedError({ kind: 'user_gone' })
  if (!(await insertIdentity(unit.db, { userId, kakaoId, now: unit.at }))) return undefined
  unit.tell({ type: 'identity.linked', userId, data: {} })
  return user
}

interface Comer {
  readonly signingIn: SigningIn
  readonly person: User
  readonly known: KnownUser | undefined
  readonly isNewUser: boolean
}

/** Keeps what the login brought, and has read behind the answer what it did not. */
async function keepFacts(
  { jobs, config }: SignInDeps,
  unit: UnitOfWork,
  { signingIn, person, known, isNewUser }: Comer,
): Promise<User> {
  const { facts, tokens, path } = signingIn
  const accessToken = tokens?.accessToken
  const { kakaoId, scopes, askedAt } = facts
  const owner = {
    userId: person.id,
    kakaoId,
    path,
    isSignUp: isNewUser,
  }
  const { agrees, isNews } = await recordGrant(unit, { ...owner, scopes, askedAt })
  const withheld = findUncovered(agrees)
  const reading = toReading(facts, { known, withheld })
  const source = facts.isWhole ? 'user_me' : 'id_token'
  const isEmpty = Object.keys(reading).length === 0
  const user = isEmpty ? person : await keepProfile(unit, { ...owner, reading, source })

  const age = { maxAgeMs: config.login.profileMaxAgeMs, now: unit.at }
  const isDoubtful = isNews || withheld.some((field) => facts.profile[field]?.state === 'shared')
  if (known === undefined || isDoubtful || !isFresh(known.identity.readAt, age)) {
    const found = known === undefined ? 'login' : 'sync'
    const request = { userId: person.id, kakaoId, path: found } as const
    await requestReread(jobs, unit, { ...request, ...toSpareToken(config, accessToken) })
  }
  return user ?? person
}

/** What of it is worth keeping: nothing that is not agreed to any more. */
function toReading(
  { profile, isWhole }: KakaoFacts,
  { known, withheld }: { known: KnownUser | undefined; withheld: readonly ProfileField[] },
): ProfileReading {
  if (isWhole) return { ...profile, ...toWithheld(withheld) }
  const isRead = known !== undefined && known.profileReadAt !== null
  const news = isRead ? toEmailNews(profile, known.user) : profile
  const fields = Object.entries(news) as [ProfileField, (typeof news)[ProfileField]][]
  return Object.fromEntries(fields.filter(([field]) => !withheld.includes(field)))
}

/** Of a profile once read, an ID token's nickname and picture may be older; its e-mail is not. */
function toEmailNews({ email, email_verified }: ProfileReading, person: User): ProfileReading {
  if (email === undefined || email_verified === undefined) return {}
  return email.value === person.email && person.emailVerified ? {} : { email, email_verified }
}
