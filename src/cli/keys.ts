import { loadConfig } from '../config/index.ts'
import { openSigningKeys } from '../daemun.ts'
import type { CommandOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

/** `daemun keys rotate [--now]`: makes the next signing key, beside a running server. */
export async function runKeys(
  action: string | undefined,
  options: CommandOptions,
): Promise<number> {
  if (action !== 'rotate') throw new UsageError('daemun keys: the action must be rotate')
  const config = await loadConfig('.env', process.env)

  const { signingKeys, close } = await openSigningKeys(config)
  try {
    const kid = await signingKeys.rotate({ now: options.now ?? false })
    process.stdout.write(`${kid}\n`)
    return 0
  } finally {
    await close()
  }
}
