import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger, ProcessLogger } from '../log.ts'

/** Waiting longer than this, a supervisor would kill us in the midst of things. */
const GRACE_MS = 10_000

/** A reader of the log who is stuck is not waited for. */
const FLUSH_MS = 500

/** A part of the process that finishes what it has under way. */
export interface Closable {
  close(): Promise<unknown>
}

/** SIGTERM or SIGINT, from now on. Further ones change nothing. */
export async function nextStopSignal(): Promise<NodeJS.Signals> {
  return await new Promise((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
}

export interface UntilStoppedOptions {
  readonly log?: ProcessLogger
  /** From the signal on. */
  readonly graceMs?: number | undefined
}

/**
 * Waits for the signal, lets what is in flight finish, and ends the process: with 0, or with 1
 * where it had to be cut off.
 *
 * @param stopSignal Waited for since before the process was ready: whoever knows it to be may stop it.
 * @param parts Closed one after the other: those first that still need the others.
 */
export async function untilStopped(
  stopSignal: Promise<NodeJS.Signals>,
  parts: readonly Closable[],
  { log, graceMs = GRACE_MS }: UntilStoppedOptions = {},
): Promise<never> {
  const signal = await stopSignal
  log?.info({ signal }, 'stopping')

  const isFinished = await Promise.race([closeAll(parts, log), sleep(graceMs, undefined)])
  if (isFinished === undefined) log?.error('cut off: not all was finished in time')
  else log?.info('stopped')
  if (log !== undefined) await Promise.race([flush(log), sleep(FLUSH_MS)])
  // Not by itself: a store that does not answer would keep the process for good.
  process.exit(isFinished ? 0 : 1)
}

/** Settles once the log is written, or cannot be: whoever ended it unwritten could wait for good. */
async function flush(log: ProcessLogger): Promise<void> {
  await new Promise<unknown>((resolve) => {
    log.flush(resolve)
  })
}

/** @returns Whether all of them closed without an error. */
async function closeAll(parts: readonly Closable[], log: Logger | undefined): Promise<boolean> {
  try {
    for (const part of parts) await part.close()
    return true
  } catch (error) {
    log?.error({ err: error }, 'not all could be closed')
    return false
  }
}
