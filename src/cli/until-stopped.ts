import type { Logger } from '../log.ts'
import type { Listener } from './listen.ts'

/** Waiting longer than this, a supervisor would kill us in the midst of things. */
const DRAIN_MS = 10_000

/**
 * Waits for SIGTERM or SIGINT, then lets requests in flight finish.
 *
 * @param last Closes what the listeners use, once they are done.
 * @returns The exit code: 0, or 1 when requests had to be cut off.
 */
export async function untilStopped(
  listeners: readonly Listener[],
  { log, last }: { log?: Logger; last?: () => Promise<void> } = {},
): Promise<number> {
  const signal = await new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  log?.info({ signal }, 'stopping')

  const finished = await Promise.all(listeners.map((listener) => listener.close(DRAIN_MS)))
  await last?.()
  log?.info('stopped')
  return finished.every(Boolean) ? 0 : 1
}
