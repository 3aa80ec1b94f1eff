import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Cpus } from './cpus.ts'
import { startNode } from './processes.ts'

export interface BenchPostgres {
  /** Makes an empty database. @returns Its `DATABASE_URL`. */
  createDatabase(name: string): Promise<string>
  /** Of the server's first process, as long as it runs. */
  readPid(): Promise<number>
  stop(): Promise<void>
  /** Starts it again. Settles once it takes connections. */
  start(): Promise<void>
  /** Stops it for good, and removes its files. */
  close(): Promise<void>
}

const SCRIPT = join(import.meta.dirname, 'postgres-process.ts')

/** Starts a PostgreSQL of its own on the given cores. */
export async function startPostgres(cpus: Cpus): Promise<BenchPostgres> {
  const started = await startNode([SCRIPT], { cpus, ready: 'postgres://' })
  const [url = '', folder = ''] = started.readyLine.split(' ')
  const tell = async (line: string) => {
    started.tell(line)
    await started.hear()
  }
  return {
    async createDatabase(name) {
      await query(`${url}postgres`, `create database ${name}`)
      return url + name
    },
    readPid: async () =>
      Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0]),
    stop: async () => await tell('stop'),
    start: async () => await tell('start'),
    close: started.stop,
  }
}

/** Runs one statement on a connection of its own. @throws What PostgreSQL says. */
export async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
