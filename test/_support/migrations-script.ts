import { type CompiledQuery, Kysely } from 'kysely'
import { migrate } from '../../src/db/migrate.ts'
import { createPostgresDialect } from '../../src/db/postgres/dialect.ts'
import type { Schema } from '../../src/db/schema.ts'
import { NOON } from './clock.ts'

/**
 * Migrates an empty PostgreSQL, and writes down what that comes to: a script that does the same at
 * once, and in a fraction of the time.
 */
export async function writeMigrationsScript(url: string): Promise<string> {
  const statements: string[] = []
  const db = new Kysely<Schema>({
    dialect: createPostgresDialect({ url, poolSize: 1, timeoutMs: 60_000, onIdleError: () => {} }),
    log: ({ query }) => void statements.push(toText(query)),
  })
  await migrate({ db, engine: 'postgres' }, { now: NOON })
  await db.destroy()
  return statements.filter((text) => !text.startsWith('select')).join(';\n')
}

/** Its parameters are numbers: a step, and an instant. */
function toText({ sql, parameters }: CompiledQuery): string {
  return sql.replace(/\$(\d+)/g, (_, number) => String(parameters[Number(number) - 1]))
}
