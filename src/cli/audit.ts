import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type AuditQuery, exportAuditLog } from '../events/index.ts'
import { createSealedUserKeys } from '../services.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'
import { withStore } from './with-store.ts'
import { writeLines } from './write-lines.ts'

/** `daemun audit export`: the audit log as JSON lines, beside a running server. */
export async function runAudit(
  action: string | undefined,
  options: CommandOptions,
): Promise<number> {
  if (action !== 'export') throw new UsageError('daemun audit: the action must be export')
  const query = readQuery(options)

  return await withStore(async (store) => {
    const userKeys = createSealedUserKeys({ ...store, randomBytes })
    await writeLines(exportAuditLog({ db: store.db, userKeys }, query))
    return 0
  })
}

function readQuery({ since, until, user, action }: CommandOptions): AuditQuery {
  return {
    ...(since !== undefined && { since: readInstant('since', since) }),
    ...(until !== undefined && { until: readInstant('until', until) }),
    ...(user !== undefined && { userId: user }),
    ...(action !== undefined && { action }),
  }
}

/** A day begins at midnight, UTC. */
const INSTANT = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

function readInstant(option: string, text: string): Date {
  if (INSTANT.safeParse(text).success) return new Date(text)
  throw new UsageError(`--${option}: must be a date or a time, such as 2026-01-31T09:00:00Z`)
}
