import type { StoreConfig } from './config.ts'
import type { EnvironmentReader } from './reader.ts'

export function readStoreConfig(reader: EnvironmentReader): StoreConfig {
  const url = reader.text('DATABASE_URL') ?? 'sqlite:data/daemun.db'
  if (!isSqliteUrl(url) && !isPostgresUrl(url)) {
    reader.report(
      'DATABASE_URL',
      'must be sqlite:PATH or postgres://…, special characters of a password percent-encoded',
    )
  }
  if (isPostgresUrl(url) && namesSchema(url)) reader.report('DATABASE_URL', SCHEMA_PROBLEM)
  return {
    url,
    listenUrl: readListenUrl(reader, url) ?? url,
    poolSize: reader.integer('DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1000 }),
    timeoutMs: reader.duration('STORE_TIMEOUT', { fallback: '2s', min: '10ms', max: '5m' }),
  }
}

function readListenUrl(reader: EnvironmentReader, storeUrl: string): string | undefined {
  const url = reader.text('DATABASE_LISTEN_URL')
  if (url === undefined) return undefined
  if (isSqliteUrl(storeUrl)) reader.warn('DATABASE_LISTEN_URL', 'has no effect with SQLite')
  if (!isPostgresUrl(url)) {
    reader.report(
      'DATABASE_LISTEN_URL',
      'must be postgres://…, special characters of a password percent-encoded',
    )
  }
  return url
}

/**
 * `sqlite://data/x.db` is not what it looks like: its path would begin at the root. And of a path
 * that begins with `file:` SQLite makes another one.
 */
export function isSqliteUrl(url: string): boolean {
  return /^sqlite:(?!\/\/[^/]|file:)./.test(url)
}

/** A host may be left out, where a socket is meant. */
export function isPostgresUrl(url: string): boolean {
  const isUrl = URL.canParse(url) || URL.canParse(url.replace('@/', '@localhost/'))
  return isUrl && /^postgres(ql)?:\/\/[^#]+$/.test(url)
}

export const SCHEMA_PROBLEM =
  'names a schema as PostgreSQL does not: write ?options=-c%20search_path%3DNAME'

/** As some other clients have it. PostgreSQL's passes it over, and all would be in another schema. */
export function namesSchema(url: string): boolean {
  return /[?&](schema|currentSchema|search_path)=/i.test(url)
}
