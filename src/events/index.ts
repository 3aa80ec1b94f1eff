export { type AuditQuery, exportAuditLog } from './audit-export.ts'
export { removeAuditLogBefore } from './audit-sweep.ts'
export { BY_ITSELF, BY_KAKAO, type Circumstances, toKakaoCircumstances } from './circumstances.ts'
export { toIdTime } from './ids.ts'
export { createEventListeners, type EventListener, type EventListeners } from './listeners.ts'
export { type LaneName, openLanes } from './outbox.ts'
export type { ToldEvent } from './told-event.ts'
export { type Audience, createTransact, type Transact, type UnitOfWork } from './unit-of-work.ts'
export type {
  ConsentKind,
  ConsentPath,
  SessionEndReason,
  SignInMethod,
  UnlinkedBy,
  UserEvent,
  UserEventData,
  UserEventType,
  WithdrawnBy,
} from './user-event.ts'
export { createUserKeys, opensNewestUserKey, type UserKeys } from './user-keys.ts'
