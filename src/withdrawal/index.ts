export { requestUnlink, type UnlinkDeps, type UnlinkRequest } from './unlink-job.ts'
export { handleUnlink } from './unlink-worker.ts'
export { type Departure, type Withdrawal, type WithdrawDeps, withdraw } from './withdraw.ts'
