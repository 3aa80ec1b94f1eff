import type { Db } from '../db/index.ts'
import { encodeBase64url } from '../jose/index.ts'
import type { Sessions } from '../sessions/index.ts'
import {
  findUserByKakaoId,
  insertUser,
  type KnownUser,
  type Profile,
  touchIdentity,
  type User,
  updateProfile,
} from '../users/index.ts'
import { answerClaim } from './claim-store.ts'
import type { KakaoFacts } from './facts.ts'

export interface SignInDeps {
  readonly db: Db
  readonly sessions: Sessions
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

export interface SignInRequest {
  readonly facts: KakaoFacts
  readonly codeHash: string
  readonly sessionToken: string
  readonly userAgent: string | undefined
  /** The session token that the browser brought along. */
  readonly replaces: string | undefined
}

export interface SignInResult {
  readonly user: User
  readonly isNewUser: boolean
  /** As the user was before this login; absent at a sign-up. */
  readonly known: KnownUser | undefined
}

/**
 * Signs a person up or in: user, identity, profile, session and the answer to the code, all in one
 * transaction. However many callbacks of one new person arrive at once, one user is made.
 */
export async function signIn(deps: SignInDeps, request: SignInRequest): Promise<SignInResult> {
  const { facts, codeHash, sessionToken: token, userAgent, replaces } = request
  const now = deps.now()
  const newId = (prefix: string) => `${prefix}_${encodeBase64url(deps.randomBytes(16))}`

  return await deps.db.transaction().execute(async (db) => {
    const { person, known } = await findOrInsert(db, {
      id: newId('usr'),
      kakaoId: facts.kakaoId,
      now,
    })
    const user = await applyFacts(db, { person, known, facts, now })
    await deps.sessions.begin(db, {
      token,
      id: newId('ses'),
      userId: user.id,
      userAgent,
      replaces: replaces === token ? undefined : replaces,
    })
    const isNewUser = known === undefined
    await answerClaim(db, codeHash, { answer: { kind: 'signed_in', isNewUser }, now })
    return { user, isNewUser, known }
  })
}

async function findOrInsert(
  db: Db,
  newcomer: { id: string; kakaoId: string; now: Date },
): Promise<{ person: User; known: KnownUser | undefined }> {
  const known = await findUserByKakaoId(db, newcomer.kakaoId)
  if (known !== undefined) {
    await touchIdentity(db, newcomer.kakaoId, newcomer.now)
    return { person: known.user, known }
  }
  const person = await insertUser(db, newcomer)
  // Without one, another instance has signed the same person up since we looked.
  return person === undefined ? await findOrInsert(db, newcomer) : { person, known }
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
