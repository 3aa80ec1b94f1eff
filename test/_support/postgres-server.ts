import type { TestProject } from 'vitest/node'
import { writeMigrationsScript } from './migrations-script.ts'
import { startOwnPostgres } from './own-postgres.ts'
import { createPostgresSchema } from './postgres-schema.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
    /** What makes an empty store of an empty PostgreSQL. */
    migrationsScript: string
  }
}

/** Starts a real PostgreSQL for the run, unless `TEST_DATABASE_URL` names another. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? undefined : await startOwnPostgres()
  const url = server?.url ?? String(given)
  project.provide('postgresUrl', url)
  project.provide('migrationsScript', await writeMigrationsScript(await createPostgresSchema(url)))

  return async () => await server?.close()
}
