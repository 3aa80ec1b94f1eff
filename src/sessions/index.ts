export { describeDevice } from './device.ts'
export type { Session } from './session.ts'
export { createSessionMemory, type SessionMemory } from './session-memory.ts'
export {
  endSession,
  endSessionsOfIdentity,
  endSessionsOfUser,
  findSession,
  lockSession,
  markNoLongerRecent,
  type Period,
  removeCodesOfIdentity,
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
