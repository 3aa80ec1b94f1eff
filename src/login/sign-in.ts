import type { Db } from '../db/index.ts'
import type { Circumstances, Transact, UnitOfWork } from '../events/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import {
  findUserByKakaoId,
  insertUser,
  type KnownUser,
  type Profile,
  touchIdentity,
  type User,
  updateProfile,
} from '../users/index.ts'
import type { KakaoFacts } from './facts.ts'
import type { SignedInPerson } from './grants/grant.ts'

export interface SignInDeps {
  readonly transact: Transact
  readonly randomBytes: (size: number) => Uint8Array
}

/** Who has just signed up or in. */
export type NewlySignedIn = Omit<SignedInPerson, 'sealedKakaoTokens'>

export interface SignInResult<Given> extends NewlySignedIn {
  /** As the user was before this login; absent at a sign-up. */
  readonly known: KnownUser | undefined
  readonly given: Given
}

/**
 * Signs a person up or in: user, identity, profile and what they are given, all in one transaction.
 * However many logins of one new person arrive at once, one user is made.
 *
 * @param give What else belongs into the transaction.
 */
export async function signIn<Given>(
  { transact, randomBytes }: SignInDeps,
  { facts, circumstances }: { facts: KakaoFacts; circumstances: Circumstances },
  give: (unit: UnitOfWork, person: NewlySignedIn) => Promise<Given>,
): Promise<SignInResult<Given>> {
  const id = `usr_${encodeBase64url(randomBytes(16))}`
  const { kakaoId } = facts

  return await transact(circumstances, async (unit) => {
    const newcomer = { id, kakaoId, now: unit.at }
    const { person, known } = await findOrInsert(unit, newcomer)
    const user = await applyFacts(unit.db, { person, known, facts, now: unit.at })
    const isNewUser = known === undefined
    if (isNewUser) tellCreated(unit, user, facts)
    const signedIn = { user, kakaoId, isNewUser }
    return { ...signedIn, known, given: await give(unit, signedIn) }
  })
}

function tellCreated(unit: UnitOfWork, user: User, { scopes = [] }: KakaoFacts): void {
  const consents = scopes.filter((scope) => scope !== 'openid')
  unit.tell({ type: 'user.created', userId: user.id, data: { consents } })
}

async function findOrInsert(
  unit: UnitOfWork,
  newcomer: { id: string; kakaoId: string; now: Date },
): Promise<{ person: User; known: KnownUser | undefined }> {
  const { kakaoId } = newcomer
  const known = await findUserByKakaoId(unit.db, kakaoId)
  if (known !== undefined) {
    await touchIdentity(unit, { kakaoId, userId: known.user.id, state: known.identityState })
    return { person: known.user, known }
  }
  const person = await insertUser(unit.db, newcomer)
  // Without one, another instance has signed the same person up since we looked.
  return person === undefined ? await findOrInsert(unit, newcomer) : { person, known }
}

async function applyFacts(
  db: Db,
  change: { person: User; known: KnownUser | undefined; facts: KakaoFacts; now: Date },
): Promise<User> {
  const { person, known, facts, now } = change
  if (facts.isWhole) return (await updateProfile(db, person.id, facts.profile, now)) ?? person

  const isRead = known !== undefined && known.profileReadAt !== null
  const news = isRead ? toEmailNews(facts.profile, person) : facts.profile
  if (Object.keys(news).length === 0) return person
  return (await updateProfile(db, person.id, news)) ?? person
}

/** Of a profile once read, an ID token's nickname and picture may be older; its e-mail is not. */
function toEmailNews(profile: Partial<Profile>, person: User): Partial<Profile> {
  const { email, emailVerified, emailState } = profile
  if (email === undefined || (email === person.email && person.emailVerified)) return {}
  return {
    email,
    ...(emailVerified !== undefined && { emailVerified }),
    ...(emailState !== undefined && { emailState }),
  }
}
