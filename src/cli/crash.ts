/**
 * Ends the process over a failure that nobody expected. Of errors only the stacks are written:
 * drivers hang whole rows onto theirs, and an invalid URL is kept with its password.
 */
export function crash(error: unknown): never {
  process.stderr.write(`${describe(error)}\n`)
  process.exit(1)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `daemun: ${typeof error} was thrown`
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : ''
  return `daemun: ${error.stack}${cause}`
}
