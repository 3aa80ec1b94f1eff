import { type DestinationStream, type Logger, pino } from 'pino'
import type { LogLevel } from './config/index.ts'

export type { Logger }

/** Writes log lines: JSON, or for a terminal something to read. */
export async function createLogger(
  level: LogLevel,
  { pretty }: { pretty: boolean },
): Promise<Logger> {
  return createJsonLogger(level, pretty ? await createPrettyStream() : undefined)
}

/**
 * Writes JSON lines with `level`, `time` and `msg`.
 *
 * Of errors only their names, messages, codes and stacks are written: drivers hang whole rows onto
 * theirs.
 */
export function createJsonLogger(level: LogLevel, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
  }
  return stream === undefined ? pino(options) : pino(options, stream)
}

/** Loaded only for terminals. */
async function createPrettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty')
  return pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true })
}

interface ErrorDescription {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string | undefined
  readonly cause?: ErrorDescription
}

function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    ...('code' in error && { code: error.code }),
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}
