import type { Db } from '../db/index.ts'

const MOST_AT_ONCE = 500

/** A session's kept tokens as they lie in the store. */
export interface StoredKeptToken {
  readonly sessionId: string
  /** The identity that they belong to. */
  readonly kakaoId: string
  /** JSON, sealed: see `KeptToken`. */
  readonly sealed: string
}

/** Keeps a session's tokens, in the place of those that it had. */
export async function keepToken(
  db: Db,
  { sessionId, sealed, renewAt }: { sessionId: string; sealed: string; renewAt: Date | null },
): Promise<void> {
  const kept = { sealed, renew_at: renewAt?.getTime() ?? null, leased_until: null }
  await db
    .insertInto('kakao_tokens')
    .values({ session_id: sessionId, ...kept })
    .onConflict((conflict) => conflict.column('session_id').doUpdateSet(kept))
    .execute()
}

export async function listSealedOfSessions(
  db: Db,
  sessionIds: readonly string[],
): Promise<string[]> {
  if (sessionIds.length === 0) return []
  const rows = await db
    .selectFrom('kakao_tokens')
    .select('sealed')
    .where('session_id', 'in', sessionIds)
    .execute()
  return rows.map(({ sealed }) => sealed)
}

export async function findKeptToken(db: Db, sessionId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('kakao_tokens')
    .select('sealed')
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return row?.sealed
}

/** Those of an identity, the newest session's first. */
export async function listKeptTokens(db: Db, kakaoId: string): Promise<StoredKeptToken[]> {
  const rows = await selectKept(db)
    .where('identities.kakao_id', '=', kakaoId)
    .orderBy('sessions.created_at', 'desc')
    .execute()
  return rows
}

/**
 * Those that have to be renewed by then and that nobody is at.
 *
 * Index: `kakao_tokens_by_renewal`.
 */
export async function listDueKeptTokens(
  db: Db,
  { now, most }: { now: Date; most: number },
): Promise<StoredKeptToken[]> {
  const at = now.getTime()
  return await selectKept(db)
    .where('kakao_tokens.renew_at', '<=', at)
    .where((is) =>
      is.or([
        is('kakao_tokens.leased_until', 'is', null),
        is('kakao_tokens.leased_until', '<=', at),
      ]),
    )
    .orderBy('kakao_tokens.renew_at')
    .limit(most)
    .execute()
}

/** A session of an older version says no identity: then its user has but one. */
function selectKept(db: Db) {
  return db
    .selectFrom('kakao_tokens')
    .innerJoin('sessions', 'sessions.id', 'kakao_tokens.session_id')
    .innerJoin('identities', (join) =>
      join
        .onRef('identities.user_id', '=', 'sessions.user_id')
        .on((is) =>
          is.or([
            is('sessions.kakao_id', 'is', null),
            is('sessions.kakao_id', '=', is.ref('identities.kakao_id')),
          ]),
        ),
    )
    .select(['kakao_tokens.session_id as sessionId', 'identities.kakao_id as kakaoId', 'sealed'])
}

/** Takes a session's tokens for renewal. @returns Whether nobody else is at it, or has just been. */
export async function leaseKeptToken(
  db: Db,
  { sessionId, sealed }: StoredKeptToken,
  { now, until }: { now: Date; until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('kakao_tokens')
    .set({ leased_until: until.getTime() })
    .where('session_id', '=', sessionId)
    .where('sealed', '=', sealed)
    .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<=', now.getTime())]))
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** Tokens that somebody has taken for renewal. What a login puts in their place is not. */
export interface LeasedKeptToken {
  readonly sessionId: string
  readonly until: Date
}

export async function replaceKeptToken(
  db: Db,
  { sessionId, until }: LeasedKeptToken,
  { sealed, renewAt }: { sealed: string; renewAt: Date | null },
): Promise<void> {
  await db
    .updateTable('kakao_tokens')
    .set({ sealed, renew_at: renewAt?.getTime() ?? null, leased_until: null })
    .where('session_id', '=', sessionId)
    .where('leased_until', '=', until.getTime())
    .execute()
}

/** Lets others try again. */
export async function releaseKeptToken(
  db: Db,
  { sessionId, until }: LeasedKeptToken,
): Promise<void> {
  await db
    .updateTable('kakao_tokens')
    .set({ leased_until: null })
    .where('session_id', '=', sessionId)
    .where('leased_until', '=', until.getTime())
    .execute()
}

/** Removes what Kakao has refused. @returns Whether it was still there. */
export async function removeRefused(
  db: Db,
  { sessionId, until }: LeasedKeptToken,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('kakao_tokens')
    .where('session_id', '=', sessionId)
    .where('leased_until', '=', until.getTime())
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

/** Leaves a token for later that cannot be renewed now. */
export async function postponeRenewal(
  db: Db,
  { sessionId, sealed }: StoredKeptToken,
  renewAt: Date,
): Promise<void> {
  await db
    .updateTable('kakao_tokens')
    .set({ renew_at: renewAt.getTime() })
    .where('session_id', '=', sessionId)
    .where('sealed', '=', sealed)
    .execute()
}

export async function removeKeptToken(db: Db, sessionId: string): Promise<void> {
  await db.deleteFrom('kakao_tokens').where('session_id', '=', sessionId).execute()
}

/** Where none are wanted any more: some at a time, since a store answers in time or not at all. */
export async function removeAllKeptTokens(db: Db): Promise<void> {
  for (;;) {
    const tokens = db.selectFrom('kakao_tokens').select('session_id').where('session_id', '>', '')
    const some = await tokens.orderBy('session_id').limit(MOST_AT_ONCE).execute()
    if (some.length === 0) return
    const sessionIds = some.map(({ session_id }) => session_id)
    await db.deleteFrom('kakao_tokens').where('session_id', 'in', sessionIds).execute()
  }
}

/** Those of one identity. */
export async function removeKeptTokens(db: Db, kakaoId: string): Promise<void> {
  const kept = await listKeptTokens(db, kakaoId)
  for (const { sessionId } of kept) await removeKeptToken(db, sessionId)
}
