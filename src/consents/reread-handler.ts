import type { Db } from '../db/index.ts'
import { BY_ITSELF, type Circumstances, type Transact, type UnitOfWork } from '../events/index.ts'
import { handleJob, type JobHandler } from '../jobs/index.ts'
import {
  type KakaoPersonApi,
  type KakaoScope,
  type KakaoServiceTerm,
  KapiError,
} from '../kakao/index.ts'
import {
  findIdentity,
  findUncovered,
  type Identity,
  keepProfile,
  type ProfileReading,
  toProfile,
  toWithheld,
} from '../users/index.ts'
import type { ConsentFact } from './consent.ts'
import { findEntries } from './consent-store.ts'
import { recordConsents } from './ledger.ts'
import { findPersonAccess, type PersonAccessDeps } from './person-access.ts'
import { REREAD, type RereadPayload } from './reread.ts'
import type { TermReader } from './term-reader.ts'

export interface RereadDeps extends PersonAccessDeps {
  readonly db: Db
  readonly transact: Transact
  readonly terms: TermReader
  readonly now: () => Date
}

/** A reading that failed for a day is left to the next login. */
const RETRY = { firstMs: 1000, mostMs: 5 * 60_000, giveUpAfterMs: 24 * 60 * 60_000 }
/** How often a reading may be overtaken by a change before it waits a little. */
const MOST_READINGS = 3
/** Not linked, dormant or gone, token dead: Kakao tells nothing of this person now. */
const TELLS_NOTHING = new Set([-101, -103])
const TOKEN_REFUSED = -401

/** Reads an identity's profile, consents and terms from Kakao, and keeps what has changed. */
export function createRereadHandler(deps: RereadDeps): JobHandler {
  return handleJob(REREAD, RETRY, async (request) => {
    for (let readings = 0; readings < MOST_READINGS; readings += 1) {
      if (await rereadOnce(deps, request)) return undefined
    }
    throw new Error('what was read from Kakao was overtaken each time')
  })
}

/** @returns Whether there is no more to do; otherwise something has changed meanwhile. */
async function rereadOnce(deps: RereadDeps, request: RereadPayload): Promise<boolean> {
  const { kakaoId } = request
  const identity = await findIdentity(deps.db, kakaoId)
  if (identity === undefined || !isDue(identity, request)) return true
  if (await isSettled(deps.db, request)) return true
  const person = await findPersonAccess(deps, request)
  if (person === undefined) return true

  const reading = await read(deps, person, kakaoId)
  return reading === undefined || (await keep(deps, { request, identity, reading }))
}

/** Somebody else's reading may be new enough; and another user may have come back with the id. */
function isDue({ userId, readAt }: Identity, request: RereadPayload): boolean {
  const isRead = readAt !== null && readAt.getTime() >= request.requestedAt
  return userId === request.userId && !isRead
}

/** Whether the revocation that was to be checked has come to its end here. */
async function isSettled(db: Db, { kakaoId, item }: RereadPayload): Promise<boolean> {
  if (item === undefined) return false
  const entries = await findEntries(db, { kakaoId, kind: 'item' })
  return entries.get(item)?.agreed !== true
}

interface Reading {
  readonly at: Date
  readonly profile: ProfileReading
  readonly scopes: readonly KakaoScope[]
  readonly terms: readonly KakaoServiceTerm[] | undefined
}

/**
 * Consents are read after the profile: what is not agreed to then is not kept.
 *
 * @returns `undefined`: Kakao tells nothing of this person now.
 */
async function read(
  { terms, now }: RereadDeps,
  person: KakaoPersonApi,
  kakaoId: string,
): Promise<Reading | undefined> {
  const at = now()
  try {
    const me = await person.getMe()
    if (me.id !== kakaoId) throw new Error('Kakao told of another person than was asked for')
    const { scopes } = await person.getScopes()
    return { at, scopes, profile: await toProfile(me), terms: await terms.read(person) }
  } catch (error) {
    if (error instanceof KapiError && tellsNothing(error)) return undefined
    throw error
  }
}

function tellsNothing({ kakaoCode, fault }: KapiError): boolean {
  return TELLS_NOTHING.has(kakaoCode) || (kakaoCode === TOKEN_REFUSED && fault === 'visitor')
}

/** @returns Whether it was kept: nothing has changed since the reading began. */
async function keep(
  { transact }: RereadDeps,
  { request, identity, reading }: { request: RereadPayload; identity: Identity; reading: Reading },
): Promise<boolean> {
  const { userId, kakaoId, path = 'sync' } = request
  const { scopes, terms = [] } = reading
  return await transact(toCircumstances(request), async (unit) => {
    if (!(await noteReading(unit, identity, reading.at))) return false
    const owner = { userId, kakaoId, path }
    await recordConsents(unit, { ...owner, kind: 'item', facts: scopes.map(toItemFact) })
    await recordConsents(unit, { ...owner, kind: 'term', facts: terms.map(toTermFact) })
    const withheld = toWithheld(findUncovered((item) => findAgreed(scopes, item)))
    const profile = { ...reading.profile, ...withheld }
    await keepProfile(unit, { ...owner, reading: profile, source: 'user_me' })
    return true
  })
}

function toCircumstances({ path }: RereadPayload): Circumstances {
  return path === 'webhook' ? { actor: 'kakao' } : BY_ITSELF
}

/** @returns Whether the identity is still as it was when it was read. */
async function noteReading(
  { db }: UnitOfWork,
  { kakaoId, userId, revision }: Identity,
  readAt: Date,
): Promise<boolean> {
  const row = await db
    .updateTable('identities')
    .set({ read_at: readAt.getTime(), revision: revision + 1 })
    .where('kakao_id', '=', kakaoId)
    .where('user_id', '=', userId)
    .where('revision', '=', revision)
    .returning('kakao_id')
    .executeTakeFirst()
  return row !== undefined
}

function findAgreed(scopes: readonly KakaoScope[], item: string): boolean | undefined {
  return scopes.find(({ id }) => id === item)?.isAgreed
}

/** What cannot be taken back is what is required. */
function toItemFact({ id, isAgreed, isRevocable }: KakaoScope): ConsentFact {
  const told = isRevocable !== undefined && { revocable: isRevocable, required: !isRevocable }
  return { id, agreed: isAgreed, ...told }
}

function toTermFact({
  tag,
  isAgreed,
  isRequired,
  isRevocable,
  agreedAt,
}: KakaoServiceTerm): ConsentFact {
  return {
    id: tag,
    agreed: isAgreed,
    ...(isRequired !== undefined && { required: isRequired }),
    ...(isRevocable !== undefined && { revocable: isRevocable }),
    ...(isAgreed && agreedAt !== undefined && { since: agreedAt }),
  }
}
