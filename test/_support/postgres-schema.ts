import { randomUUID } from 'node:crypto'
import pg from 'pg'

/**
 * Makes a schema of a database: as good as a database of its own, and faster to have.
 *
 * @param script What is done in it first.
 * @returns The `DATABASE_URL` that leads to it.
 */
export async function createPostgresSchema(url: string, script = ''): Promise<string> {
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create schema ${schema}; set search_path to ${schema}; ${script}`)
  await client.end()
  return `${url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`
}
