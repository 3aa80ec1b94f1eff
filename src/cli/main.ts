import { crash } from './crash.ts'
import { runCommand } from './run-command.ts'

/** What `daemun` does, from its command line to its exit code. */
export async function main(): Promise<void> {
  process.on('uncaughtException', crash)
  // Whoever read what we write may leave; that is no failure. Servers write their log by other means.
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') crash(error)
  })

  try {
    process.exitCode = await runCommand(process.argv.slice(2))
  } catch (error) {
    crash(error)
  }
}
