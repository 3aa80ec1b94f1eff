import { randomBytes } from 'node:crypto'
import { type Config, loadConfig } from '../config/index.ts'
import { openSealedStore, type SealedStore } from '../open-sealed-store.ts'
import { resealAll } from '../resealing/index.ts'
import { createSealedSigningKeys } from '../services.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

const now = () => new Date()

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
  const config = await loadConfig('.env', process.env)
  const store = await openSealedStore(config, { now, onIdleError: () => {} })
  try {
    return action === 'rotate' ? await rotate(config, store, options) : await reseal(store)
  } finally {
    await store.db.destroy()
  }
}

/** Makes the next signing key. */
async function rotate(
  config: Config,
  store: SealedStore,
  { now: atOnce = false }: CommandOptions,
): Promise<number> {
  const signingKeys = createSealedSigningKeys({ config, ...store, now, randomBytes })
  process.stdout.write(`${await signingKeys.rotate({ now: atOnce })}\n`)
  return 0
}

/** Puts everything under the first secret. What no secret of the list opens remains as it is. */
async function reseal(store: SealedStore): Promise<number> {
  const { resealed, unreadable } = await resealAll({ ...store, randomBytes })
  process.stdout.write(`${JSON.stringify({ resealed, remaining: unreadable })}\n`)
  return unreadable > 0 ? 1 : 0
}
