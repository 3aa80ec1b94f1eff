import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { inject } from 'vitest'
import { runDaemunIn } from '../../_support/command.ts'

/** How one engine is backed up and restored, as docs/store.md tells it. */
export interface BackupWay {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** Why it cannot be tried here; `undefined` where it can. */
  findObstacle(): Promise<string | undefined>
  /** Makes an empty database. @returns Its `DATABASE_URL`. */
  create(folder: string): Promise<string>
  backUp(url: string, file: string): Promise<void>
  /** Puts the backup in the place of all that is there. */
  restore(url: string, file: string): Promise<void>
  /** Signs everybody out, while no server runs. */
  endSessions(url: string): Promise<void>
}

const END_SESSIONS = 'delete from sessions'

const SQLITE: BackupWay = {
  name: 'SQLite',
  findObstacle: async () => undefined,
  create: async (folder) => `sqlite:${join(folder, 'daemun.db')}`,

  async backUp(url, file) {
    const environment = { DATABASE_URL: url }
    const { code, stderr } = await runDaemunIn({ environment }, 'backup', file)
    if (code !== 0) throw new Error(`daemun backup failed: ${stderr}`)
  },

  async restore(url, file) {
    const path = url.replace('sqlite:', '')
    for (const end of ['', '-wal', '-shm']) await rm(path + end, { force: true })
    await copyFile(file, path)
  },

  async endSessions(url) {
    const db = new DatabaseSync(url.replace('sqlite:', ''))
    db.exec(END_SESSIONS)
    db.close()
  },
}

const POSTGRES: BackupWay = {
  name: 'PostgreSQL',

  async findObstacle() {
    const client = readMajor(spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout ?? '')
    const server = await askServer('show server_version')
    return client >= readMajor(`PostgreSQL) ${server}`)
      ? undefined
      : `pg_dump ${client || 'is not here'}, the server is ${server}`
  },

  async create() {
    const name = `restore_${randomUUID().replaceAll('-', '')}`
    await askServer(`create database ${name}`)
    const url = new URL(inject('postgresUrl'))
    url.pathname = `/${name}`
    return url.href
  },

  async backUp(url, file) {
    run('pg_dump', '--format=custom', '--file', file, url)
  },

  async restore(url, file) {
    const name = new URL(url).pathname.slice(1)
    await askServer(`drop database ${name}`)
    await askServer(`create database ${name}`)
    run('pg_restore', '--exit-on-error', '--no-owner', '--dbname', url, file)
  },

  async endSessions(url) {
    run('psql', url, '-c', END_SESSIONS)
  },
}

export const BACKUP_WAYS: readonly BackupWay[] = [SQLITE, POSTGRES]

/** @returns 0 where there is none. */
function readMajor(version: string): number {
  return Number(/PostgreSQL\) (\d+)/.exec(version)?.[1] ?? 0)
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`)
}

/** @returns The first value of the answer. */
async function askServer(statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return Object.values(rows[0] ?? {})[0]
}
