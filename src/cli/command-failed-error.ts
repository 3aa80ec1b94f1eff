/** A command was asked for rightly and could not do it. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError'
}
