/** Daemun as a library: `createDaemun({ config: readConfig(process.env) })`, then its `fetch`. */
export {
  type Config,
  ConfigError,
  type ConfigProblem,
  type Environment,
  readConfig,
} from './config/index.ts'
export { createDaemun, type Daemun, type DaemunOptions } from './daemun.ts'
export { StoreOpenError } from './db/index.ts'
export type { ErrorCode } from './errors.ts'
export type {
  EventListener,
  ToldEvent,
  UserEvent,
  UserEventData,
  UserEventType,
} from './events/index.ts'
export type { Logger } from './log.ts'
export type { Reconciliation } from './webhooks/index.ts'
