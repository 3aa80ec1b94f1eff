#!/usr/bin/env node
import { crash } from './cli/crash.ts'
import { runCommand } from './cli/run-command.ts'

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
