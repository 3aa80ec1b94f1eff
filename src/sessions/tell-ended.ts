import type { SessionEndReason, UnitOfWork } from '../events/index.ts'
import type { EndedSession } from './session-store.ts'

/** Tells that sessions of one user ended, all for one reason. */
export function tellEnded(
  unit: UnitOfWork,
  ended: readonly EndedSession[],
  reason: SessionEndReason,
): void {
  const [first] = ended
  if (first === undefined) return
  const session_ids = ended.map(({ id }) => id)
  unit.tell({ type: 'session.revoked', userId: first.userId, data: { session_ids, reason } })
}
