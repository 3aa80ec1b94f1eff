export { findObstacle, type Newcomer, type Obstacle } from './admission.ts'
export { hasLinkEndedSince } from './ended-link-store.ts'
export { foresee, type Prospect, type Retained } from './retention.ts'
export { createUnlinkAlarm, type UnlinkAlarm } from './unlink-alarm.ts'
export {
  finishUnlink,
  requestUnlink,
  type UnlinkDeps,
  type UnlinkRequest,
  undoLink,
} from './unlink-job.ts'
export { handleUnlink } from './unlink-worker.ts'
export { type Departure, type Withdrawal, type WithdrawDeps, withdraw } from './withdraw.ts'
