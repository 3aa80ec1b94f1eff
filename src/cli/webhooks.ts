import {
  type DeadLetter,
  listDeadLetters,
  type Resent,
  resendAllDeadLetters,
  resendDeadLetter,
} from '../deliveries/index.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'
import { type CommandStore, withStore } from './with-store.ts'
import { writeLines } from './write-lines.ts'

/** `daemun webhooks dead` and `daemun webhooks resend ID…|--all`, both beside a running server. */
export async function runWebhooks(
  [action, ...ids]: readonly string[],
  { all = false }: CommandOptions,
): Promise<number> {
  if (action === 'dead') {
    if (ids.length > 0 || all) throw new UsageError('daemun webhooks dead: takes nothing after it')
    return await withStore(writeDead)
  }
  if (action !== 'resend') {
    throw new UsageError('daemun webhooks: the action must be dead or resend')
  }
  if (all === ids.length > 0) {
    throw new UsageError('daemun webhooks resend: takes ids of dead letters, or --all')
  }
  return await withStore(async (store) => await (all ? resendAll(store) : resend(store, ids)))
}

async function writeDead({ db }: CommandStore): Promise<number> {
  await writeLines(toViews(listDeadLetters(db)))
  return 0
}

async function* toViews(letters: AsyncIterable<DeadLetter>): AsyncGenerator<object> {
  for await (const { id, url, type, userId, attempts, lastStatus, failedAt } of letters) {
    yield {
      id,
      url,
      type,
      user_id: userId,
      attempts,
      last_status: lastStatus,
      failed_at: failedAt.toISOString(),
    }
  }
}

/** @returns 1 when one of the ids is no dead letter's; the others are sent again all the same. */
async function resend(store: CommandStore, ids: readonly string[]): Promise<number> {
  const resent: Resent[] = []
  const unknown: string[] = []
  for (const id of new Set(ids)) {
    const letters = await resendDeadLetter(store.db, id, store.now())
    resent.push(...letters)
    if (letters.length === 0) unknown.push(id)
  }
  for (const id of unknown) complain(`there is no dead letter ${id}`)
  tell(store, resent)
  return unknown.length === 0 ? 0 : 1
}

async function resendAll(store: CommandStore): Promise<number> {
  const resent: Resent[] = []
  for await (const letter of resendAllDeadLetters(store.db, store.now())) resent.push(letter)
  tell(store, resent)
  return 0
}

function tell({ config }: CommandStore, resent: readonly Resent[]): void {
  process.stdout.write(`resent: ${resent.length}\n`)
  const urls = config.events.receivers.map(({ url }) => url)
  const waiting = resent.filter(({ url }) => !urls.includes(url)).length
  if (waiting > 0) complain(`${waiting} of them wait until WEBHOOK_URLS names their URL`)
}

function complain(text: string): void {
  process.stderr.write(`daemun webhooks resend: ${text}\n`)
}
