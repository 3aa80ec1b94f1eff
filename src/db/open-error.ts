import { isStoreUnavailable } from './unavailable.ts'

/** Why a store cannot be opened: its address is wrong; somebody else has it; or it is away. */
export type StoreOpenReason = 'setting' | 'in_use' | 'away'

/** The store cannot be opened. The message holds nothing of its address. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
  readonly reason: StoreOpenReason

  /** @param setting What names the store. */
  constructor(cause: unknown, setting = 'DATABASE_URL') {
    const problem = findWrongSetting(cause)
    super(
      `${setting}: ${problem ?? describeFailure(cause)}`,
      // What is no URL is quoted whole by its error, password and all.
      problem === NO_URL ? {} : { cause },
    )
    this.reason = problem === undefined ? reasonOf(cause) : 'setting'
  }
}

const SQLITE_BUSY = 'SQLITE_5'
const NO_FILE = 'its file cannot be made or written there'

const NO_URL = 'cannot be read as a URL'
const POOLER =
  'leads to a pooler: say where PostgreSQL itself is, for a server in DATABASE_LISTEN_URL'
const POOLER_OPTIONS =
  'leads to a pooler that takes no options: name the schema by ALTER ROLE … SET search_path'
const TAKEN = 'holds tables of something else: it has to have a database or a schema of its own'
const NOT_TRUSTED =
  'the certificate of the server is not trusted: sslrootcert=FILE names its authority'

/** By the codes of SQLite, of PostgreSQL, and of Node. */
const WRONG_SETTINGS: Readonly<Record<string, string>> = {
  SQLITE_3: NO_FILE,
  SQLITE_8: NO_FILE,
  SQLITE_14: NO_FILE,
  SQLITE_26: 'its file is not an SQLite database',
  EACCES: NO_FILE,
  EPERM: NO_FILE,
  EROFS: NO_FILE,
  EISDIR: NO_FILE,
  ENOTDIR: NO_FILE,
  EEXIST: NO_FILE,
  ENAMETOOLONG: NO_FILE,
  ERR_INVALID_URL: NO_URL,
  DEPTH_ZERO_SELF_SIGNED_CERT: NOT_TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: NOT_TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NOT_TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NOT_TRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another host',
  '28000': 'PostgreSQL does not let this user in',
  '28P01': 'PostgreSQL refuses this user or this password',
  '3D000': 'PostgreSQL has no such database',
  '3F000': 'the schema of its search_path is not there: create it first',
  '42703': TAKEN,
  '42P07': TAKEN,
  '42501': 'the role may not create tables: it should own its database',
}

/** Where there are no codes for these, or common ones. */
const WRONG_SETTING_MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/password must be a/, 'PostgreSQL wants a password'],
  [/does not support SSL/, 'the server does not speak TLS'],
  [/unsupported startup parameter: options/, POOLER_OPTIONS],
  [/unsupported startup parameter/, POOLER],
  [/^table "?\w+"? already exists|^no such column/, TAKEN],
  [/^ENOENT: .*, open /, 'a file of certificates that it names is not there'],
]

function findWrongSetting(error: unknown): string | undefined {
  const byCode = WRONG_SETTINGS[codeOf(error)]
  if (byCode !== undefined) return byCode
  const message = error instanceof Error ? error.message : ''
  return WRONG_SETTING_MESSAGES.find(([pattern]) => pattern.test(message))?.[1]
}

function describeFailure(error: unknown): string {
  if (reasonOf(error) === 'in_use') return 'the store is in use by another process'
  const failure = isStoreUnavailable(error) ? 'is not available' : 'cannot be opened'
  return `the store ${failure} (${codeOf(error)})`
}

function reasonOf(error: unknown): StoreOpenReason {
  return codeOf(error) === SQLITE_BUSY ? 'in_use' : 'away'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code, errcode, name } = error as Error & { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return `SQLITE_${errcode & 0xff}`
  return typeof code === 'string' ? code : name
}
