/** What Node says where a connection never came about; other runtimes do not tell. */
const CODES: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * Whether a `fetch` failed before there was a connection, so that nothing can have been sent. Of a
 * connection that broke, kept alive or not, nobody can tell what has arrived at its other end.
 */
export function isConnectFailure(error: unknown): boolean {
  return CODES.has(codeOf(error)) || CODES.has(codeOf(causeOf(error)))
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
