import type { Db } from '../db/index.ts'
import {
  BY_ITSELF,
  BY_KAKAO,
  type Circumstances,
  type Transact,
  type UnitOfWork,
} from '../events/index.ts'
import { handleJob, type JobHandler } from '../jobs/index.ts'
import {
  findIdentity,
  findUncovered,
  type Identity,
  keepProfile,
  toWithheld,
} from '../users/index.ts'
import { findEntries } from './consent-store.ts'
import { recordConsents } from './ledger.ts'
import { findPersonAccess, type PersonAccessDeps } from './person-access.ts'
import { type Reading, type ReadPersonDeps, readPerson } from './read-person.ts'
import { REREAD, type RereadPayload } from './reread.ts'

export interface RereadDeps extends PersonAccessDeps, ReadPersonDeps {
  readonly db: Db
  readonly transact: Transact
}

/** A reading that failed for a day is left to the next login. */
const RETRY = { firstMs: 1000, mostMs: 5 * 60_000, giveUpAfterMs: 24 * 60 * 60_000 }
/** How often a reading may be overtaken by a change before it waits a little. */
const MOST_READINGS = 3

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

  const reading = await readPerson(deps, person, kakaoId)
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

/** @returns Whether it was kept: nothing has changed since the reading began. */
async function keep(
  { transact }: RereadDeps,
  { request, identity, reading }: { request: RereadPayload; identity: Identity; reading: Reading },
): Promise<boolean> {
  const { userId, kakaoId, path = 'sync' } = request
  const { items, terms } = reading
  return await transact(toCircumstances(request), async (unit) => {
    if (!(await noteReading(unit, identity, reading.at))) return false
    const owner = { userId, kakaoId, path }
    await recordConsents(unit, { ...owner, kind: 'item', facts: items })
    await recordConsents(unit, { ...owner, kind: 'term', facts: terms })
    const withheld = toWithheld(
      findUncovered((item) => items.find(({ id }) => id === item)?.agreed),
    )
    const profile = { ...reading.profile, ...withheld }
    await keepProfile(unit, { ...owner, reading: profile, source: 'user_me' })
    return true
  })
}

function toCircumstances({ path }: RereadPayload): Circumstances {
  return path === 'webhook' ? BY_KAKAO : BY_ITSELF
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
