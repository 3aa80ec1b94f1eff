import { randomBytes } from 'node:crypto'
import { resealAll } from '../resealing/index.ts'
import { createSealedSigningKeys } from '../services.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'
import { type CommandStore, withStore } from './with-store.ts'

/** `daemun keys rotate [--now]` and `daemun keys reseal`, both beside a running server. */
export async function runKeys(
  action: string | undefined,
  options: CommandOptions,
): Promise<number> {
  if (action !== 'rotate' && action !== 'reseal') {
    throw new UsageError('daemun keys: the action must be rotate or reseal')
  }
  if (action === 'reseal' && options.now !== undefined) {
    throw new UsageError('daemun keys reseal: there is no option --now')
  }
  return await withStore(async (store) =>
    action === 'rotate' ? await rotate(store, options) : await reseal(store),
  )
}

/** Makes the next signing key. */
async function rotate(
  store: CommandStore,
  { now: atOnce = false }: CommandOptions,
): Promise<number> {
  const signingKeys = createSealedSigningKeys({ ...store, randomBytes })
  process.stdout.write(`${await signingKeys.rotate({ now: atOnce })}\n`)
  return 0
}

/** Puts everything under the first secret. What no secret of the list opens remains as it is. */
async function reseal(store: CommandStore): Promise<number> {
  const { resealed, unreadable } = await resealAll({ ...store, randomBytes })
  process.stdout.write(`${JSON.stringify({ resealed, remaining: unreadable })}\n`)
  return unreadable > 0 ? 1 : 0
}
