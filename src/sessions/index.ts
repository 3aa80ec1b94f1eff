export { describeDevice } from './device.ts'
export {
  endSessionsOfIdentity,
  markNoLongerRecent,
  type Period,
  removeCodesOfIdentity,
} from './identity-sessions-store.ts'
export type { Session } from './session.ts'
export { createSessionMemory, type SessionMemory } from './session-memory.ts'
export {
  endSession,
  endSessionsOfUser,
  findSession,
  lockSession,
  removeCodesOfUser,
  type SignedIn,
  touchSession,
} from './session-store.ts'
export {
  type DerivedSession,
  deriveSession,
  hashSecret,
  isSessionId,
  randomSession,
} from './session-token.ts'
export { createSessions, type Sessions } from './sessions.ts'
export { tellEnded } from './tell-ended.ts'
