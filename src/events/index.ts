export type { AuditAction, AuditNote, AuditResult } from './audit-note.ts'
export { type Actor, BY_ITSELF, type Circumstances } from './circumstances.ts'
export { createTransact, type Transact, type UnitOfWork } from './unit-of-work.ts'
export type {
  ConsentKind,
  ConsentPath,
  SessionEndReason,
  SignInMethod,
  UserEvent,
  UserEventData,
  UserEventType,
  WithdrawnBy,
} from './user-event.ts'
export { createUserKeys, type UserKeys } from './user-keys.ts'
