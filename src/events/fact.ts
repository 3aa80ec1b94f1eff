import type { AuditNote } from './audit-note.ts'
import type { UserEvent } from './user-event.ts'

/** What a transaction makes true: a line of the audit log, and the event that it tells of, if any. */
export interface Fact {
  readonly note: AuditNote
  readonly event?: UserEvent
}

/** Every event leaves a line in the audit log. */
export function toFact(event: UserEvent): Fact {
  const sessionId = findSessionId(event)
  const { type: action, userId } = event
  return {
    note: { action, userId, result: 'ok', ...(sessionId !== undefined && { sessionId }) },
    event,
  }
}

/** The one session that it is about; of several none. */
function findSessionId({ data }: UserEvent): string | undefined {
  if ('session_id' in data) return data.session_id
  return 'session_ids' in data && data.session_ids.length === 1 ? data.session_ids[0] : undefined
}
