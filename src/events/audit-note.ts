import type { ErrorCode } from '../errors.ts'
import type { UserEventType } from './user-event.ts'

/** What Kakao has told us: `kakao.` and the name of its event; `kakao.unlink`: the unlink webhook. */
export type KakaoAction = `kakao.${string}`

/** What the audit log tells of, beside the events. */
export type AuditAction =
  | UserEventType
  | 'login.failed'
  | 'withdrawal.refused'
  | 'kakao.unlinked'
  | KakaoAction

/** How it went: `refused` by a rule, `failed` for want of something that was away or broken. */
export type AuditResult = 'ok' | 'refused' | 'failed'

/** A fact for the audit log alone. */
export interface AuditNote {
  readonly action: AuditAction
  readonly userId?: string
  readonly sessionId?: string
  readonly result: AuditResult
  /** Why it was not `ok`. */
  readonly code?: ErrorCode
}
