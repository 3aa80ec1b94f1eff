import type { TracingOptions } from './otel-tracer.ts'
import type { Tracer } from './tracer.ts'

/** OpenTelemetry was asked for and is not installed. */
export class TracerMissingError extends Error {
  override readonly name = 'TracerMissingError'

  constructor(cause: unknown) {
    super('OpenTelemetry is not installed', { cause })
  }
}

/**
 * Loads OpenTelemetry, which nobody else has to wait for.
 *
 * @throws {TracerMissingError}
 */
export async function loadTracer(options: TracingOptions): Promise<Tracer> {
  const { createOtelTracer } = await import('./otel-tracer.ts').catch((error: unknown) => {
    throw isMissing(error) ? new TracerMissingError(error) : error
  })
  return createOtelTracer(options)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
