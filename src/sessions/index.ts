export type { Session } from './session.ts'
export { removeExpiredSessions } from './session-store.ts'
export { deriveSessionToken, hashSecret } from './session-token.ts'
export { createSessions, type Sessions, type SignedIn } from './sessions.ts'
