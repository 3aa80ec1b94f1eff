import type { Selectable } from 'kysely'
import { type AuditLogTable, type Db, prepare } from '../db/index.ts'
import type { Sealer } from '../jose/seal.ts'
import type { Circumstances } from './circumstances.ts'
import type { Fact } from './fact.ts'
import type { IdSource } from './ids.ts'
import type { EventfulUser } from './user-keys.ts'

export interface AuditEntry {
  readonly at: Date
  readonly circumstances: Circumstances
  readonly facts: readonly Fact[]
  readonly users: ReadonlyMap<string, EventfulUser>
  readonly ids: IdSource
}

/** Where a request came from, as the audit log seals it. */
export interface AuditOrigin {
  readonly address?: string
  readonly userAgent?: string
}

const LONGEST_USER_AGENT = 512

/** Writes a line for each fact. Lines never change; they go when they are old. */
export async function writeAuditLog(db: Db, entry: AuditEntry): Promise<void> {
  if (entry.facts.length === 0) return
  const { at, facts } = entry
  const ids = entry.ids.next('aud', at, facts.length)
  for (const [index, fact] of facts.entries()) {
    await insertLine(db, toLine(entry, fact, ids[index] ?? ''))
  }
}

type Line = Selectable<AuditLogTable>

const insertLine = prepare((db, line: Line) => db.insertInto('audit_log').values(line))

function toLine({ at, circumstances, users }: AuditEntry, { note }: Fact, id: string): Line {
  const { userId } = note
  const sealer = userId === undefined ? undefined : users.get(userId)?.sealer
  return {
    id,
    at: at.getTime(),
    actor: circumstances.actor ?? (userId === undefined ? 'system' : `user:${userId}`),
    action: note.action,
    user_id: userId ?? null,
    session_id: note.sessionId ?? null,
    sealed_origin: sealer === undefined ? null : sealOrigin(sealer, circumstances),
    result: note.result,
    code: note.code ?? null,
    request_id: circumstances.requestId ?? null,
  }
}

function sealOrigin(sealer: Sealer, { address, userAgent }: Circumstances): string | null {
  if (address === undefined && userAgent === undefined) return null
  const origin: AuditOrigin = {
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, LONGEST_USER_AGENT) }),
  }
  return sealer.seal(JSON.stringify(origin))
}
