import { type Config, ConfigError, loadLocalSecretKey, type SecretKeys } from './config/index.ts'
import {
  matchSecretFingerprint,
  type OnMigration,
  openStore,
  type Store,
  type StoreObserver,
  StoreOpenError,
} from './db/index.ts'

/** The store, and the secrets that open what is sealed in it. Close it with `db.destroy()`. */
export interface SealedStore extends Store {
  readonly secrets: SecretKeys
}

export interface SealedStoreOptions {
  readonly now: () => Date
  /** Told of a connection that broke while nobody used it. */
  readonly onIdleError: (error: Error) => void
  readonly observer?: StoreObserver
  readonly onMigration?: OnMigration
}

/** Where the secret is kept when none is set: beside the data, outside production only. */
export const LOCAL_SECRET_PATH = 'data/secret-key'

/**
 * Opens the store, brings its schema up to date, and makes sure that we hold its secret.
 *
 * @throws {ConfigError} `SECRET_KEY` cannot open what the store holds.
 * @throws {StoreOpenError}
 */
export async function openSealedStore(
  config: Config,
  options: SealedStoreOptions,
): Promise<SealedStore> {
  const secrets = config.secretKeys ?? (await loadLocalSecretKey(LOCAL_SECRET_PATH))
  const store = await openStore({ ...config.store, ...options })
  try {
    await checkFingerprint(store, secrets)
    return { ...store, secrets }
  } catch (error) {
    await store.db.destroy()
    throw error instanceof ConfigError ? error : new StoreOpenError(error)
  }
}

async function checkFingerprint({ db, engine }: Store, secrets: SecretKeys): Promise<void> {
  if (engine !== 'postgres' || (await matchSecretFingerprint(db, secrets))) return
  const problem = 'is not the one that the store was written under; add that one to the list'
  throw new ConfigError([{ variable: 'SECRET_KEY', problem }])
}
