import { execFile, execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

/** Where `taskset` (util-linux) and two cores are: one core for who is measured, one for all else. */
export const CAN_PIN = availableParallelism() >= 2 && hasTaskset()

export type Cpus = '0' | '1' | '0,1'

/** A command that runs on those cores alone, where processes can be pinned. */
export function onCpus(cpus: Cpus, command: readonly string[]): readonly string[] {
  return CAN_PIN ? ['taskset', '-c', cpus, ...command] : command
}

/** Moves this process, which is the generator of the load. */
export async function moveTo(cpus: Cpus): Promise<void> {
  if (!CAN_PIN) return
  await promisify(execFile)('taskset', ['-acp', cpus, String(process.pid)])
}

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
