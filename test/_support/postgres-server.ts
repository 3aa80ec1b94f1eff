import type { TestProject } from 'vitest/node'
import { startOwnPostgres } from './own-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** Starts a real PostgreSQL for the run, unless `TEST_DATABASE_URL` names another. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given ? undefined : await startOwnPostgres()
  project.provide('postgresUrl', server?.url ?? String(given))

  return async () => await server?.close()
}
