/** The command line, or a file it names, cannot be used as it is. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
