import { loadStoreConfig } from '../config/index.ts'
import {
  LATEST_MIGRATION,
  MigrateBackError,
  type MigrationStatus,
  migrateStore,
  readStoreStatus,
} from '../db/index.ts'
import { CommandFailedError } from './command-failed-error.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

/** `daemun migrate [--status|--to N]`: brings the schema up to date, beside running servers. */
export async function runMigrate(options: CommandOptions): Promise<number> {
  const to = readStep(options)
  const { url, listenUrl } = await loadStoreConfig('.env', process.env)
  const address = { url, listenUrl }
  try {
    return print(
      options.status
        ? await readStoreStatus(address)
        : await migrateStore(address, { now: new Date(), to }),
    )
  } catch (error) {
    if (!(error instanceof MigrateBackError)) throw error
    throw new CommandFailedError(`daemun migrate: ${error.message}`)
  }
}

function readStep({ to, status }: CommandOptions): number | undefined {
  if (to === undefined) return undefined
  if (status) throw new UsageError('daemun migrate: --status goes nowhere, so not with --to')
  const step = /^\d{1,9}$/.test(to) ? Number(to) : 0
  if (step < 1 || step > LATEST_MIGRATION) {
    throw new UsageError(`daemun migrate: --to must be from 1 to ${LATEST_MIGRATION}`)
  }
  return step
}

function print({ current, latest, pending }: MigrationStatus): number {
  process.stdout.write(`${JSON.stringify({ current, latest, pending })}\n`)
  return 0
}
