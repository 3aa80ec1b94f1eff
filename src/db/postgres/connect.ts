import { Kysely } from 'kysely'
import { observeDialect } from '../observed-dialect.ts'
import type { Store, StoreOptions } from '../open.ts'
import type { Schema } from '../schema.ts'
import { createPostgresDialect, type PostgresOptions } from './dialect.ts'
import { Hearing } from './hearing.ts'

/** A store in PostgreSQL. Nothing is asked of it yet. */
export function connectPostgres(
  options: PostgresOptions & Pick<StoreOptions, 'listenUrl' | 'observer'>,
): Store {
  const { url, listenUrl = url, timeoutMs, observer } = options
  const dialect = observeDialect(createPostgresDialect(options), observer)
  const db = new Kysely<Schema>({ dialect })
  return {
    db,
    engine: 'postgres',
    watch: (watching) => new Hearing({ ...watching, db, url: listenUrl, timeoutMs }),
  }
}
