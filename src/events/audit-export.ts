import type { Db } from '../db/index.ts'
import type { AuditOrigin } from './audit-log.ts'
import { toIdPrefix } from './ids.ts'
import type { UserKeys } from './user-keys.ts'

/** Which lines of the audit log are wanted. */
export interface AuditQuery {
  /** From then on. */
  readonly since?: Date
  /** Up to before then. */
  readonly until?: Date
  readonly userId?: string
  readonly action?: string
}

/** A line of the audit log, as it is exported. */
export interface AuditLine {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly user_id: string | null
  readonly session_id: string | null
  /** `null` once the user has left, and where nobody knew. */
  readonly address: string | null
  readonly user_agent: string | null
  readonly result: string
  readonly code: string | null
  readonly request_id: string | null
}

const MOST_AT_ONCE = 500

/** Reads the audit log page by page, the oldest line first. */
export async function* exportAuditLog(
  { db, userKeys }: { db: Db; userKeys: UserKeys },
  query: AuditQuery,
): AsyncGenerator<AuditLine> {
  let page = await readPage(db, query)
  while (page.length > 0) {
    for (const row of page) yield toLine(row, userKeys)
    page = await readPage(db, query, page.at(-1)?.id)
  }
}

type AuditRow = Awaited<ReturnType<typeof readPage>>[number]

async function readPage(db: Db, { since, until, userId, action }: AuditQuery, after?: string) {
  let query = selectLines(db)
  if (after !== undefined) query = query.where('audit_log.id', '>', after)
  if (since !== undefined) query = query.where('audit_log.id', '>=', toIdPrefix('aud', since))
  if (until !== undefined) query = query.where('audit_log.id', '<', toIdPrefix('aud', until))
  if (userId !== undefined) query = query.where('audit_log.user_id', '=', userId)
  if (action !== undefined) query = query.where('audit_log.action', '=', action)
  return await query.orderBy('audit_log.id').limit(MOST_AT_ONCE).execute()
}

/** With what opens them: the user's key, or what is kept of it after their withdrawal. */
function selectLines(db: Db) {
  return db
    .selectFrom('audit_log')
    .leftJoin('users', 'users.id', 'audit_log.user_id')
    .leftJoin('retained_access_log', 'retained_access_log.id', 'audit_log.id')
    .leftJoin('retained_access_keys', 'retained_access_keys.user_id', 'retained_access_log.user_id')
    .selectAll('audit_log')
    .select(({ fn }) =>
      fn.coalesce('users.sealed_key', 'retained_access_keys.sealed_key').as('sealed_key'),
    )
}

function toLine(row: AuditRow, userKeys: UserKeys): AuditLine {
  const { address = null, userAgent = null } = openOrigin(row, userKeys)
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    actor: row.actor,
    action: row.action,
    user_id: row.user_id,
    session_id: row.session_id,
    address,
    user_agent: userAgent,
    result: row.result,
    code: row.code,
    request_id: row.request_id,
  }
}

function openOrigin({ sealed_key, sealed_origin }: AuditRow, userKeys: UserKeys): AuditOrigin {
  if (sealed_key === null || sealed_origin === null) return {}
  const origin = userKeys.open(sealed_key)?.open(sealed_origin)
  // Only we can have sealed it, so its shape is ours.
  return origin === undefined ? {} : (JSON.parse(origin) as AuditOrigin)
}
