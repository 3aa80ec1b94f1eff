export { startDeadline, within } from './deadline.ts'
export { isDeadlock } from './deadlock.ts'
export { createEraser, type Eraser } from './eraser.ts'
export { ImportError } from './import/import-error.ts'
export { type Imported, importStore } from './import/import-store.ts'
export {
  type Engine,
  LATEST_MIGRATION,
  MigrateBackError,
  type MigrationStatus,
  readAppliedStatus,
} from './migrate.ts'
export { migrateStore, readStoreStatus } from './migrate-store.ts'
export type { StoreObserver, StoreOperation, StoreWork } from './observed-dialect.ts'
export {
  type OnMigration,
  openStore,
  type Store,
  type StoreOptions,
  toSqlitePath,
} from './open.ts'
export { StoreOpenError } from './open-error.ts'
export { prepare } from './prepare.ts'
export { type ExpiringTable, removeExpired } from './remove-expired.ts'
export type * from './schema.ts'
export { matchSecretFingerprint } from './secret-fingerprint.ts'
export { BackupExistsError, backUpDatabase } from './sqlite/backup.ts'
export { toRecordBytes } from './sqlite/record-bytes.ts'
export type { Rememberer, StoreWatch, WatchOptions } from './store-watch.ts'
export { takesWrites } from './takes-writes.ts'
export { isStoreUnavailable } from './unavailable.ts'
