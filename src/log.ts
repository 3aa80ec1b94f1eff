import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino'
import type { LogLevel } from './config/index.ts'
import { currentScope } from './tracing/index.ts'

interface WriteLine {
  (entry: object, message: string): void
  (message: string): void
}

/** Where lines go; pino's loggers are such. */
export type Logger = Readonly<Record<(typeof LEVELS)[number], WriteLine>>

/** The log of a process, which can be written to its end. */
export type ProcessLogger = Logger & Pick<PinoLogger, 'flush'>

const LEVELS = ['debug', 'info', 'warn', 'error'] as const

/** Writes into each line which request it is about, and which trace. */
export function withScope(log: Logger): Logger {
  const writeAt =
    (level: (typeof LEVELS)[number]): WriteLine =>
    (first: object | string, message?: string) => {
      const entry = typeof first === 'string' ? {} : first
      log[level]({ ...describeScope(), ...entry }, message ?? String(first))
    }
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
  }
}

function describeScope() {
  const scope = currentScope()
  if (scope === undefined) return {}
  const { requestId, span } = scope
  return { ...(requestId !== undefined && { request_id: requestId }), trace_id: span.traceId }
}

/** Writes log lines: JSON, or for a terminal something to read. */
export async function createLogger(
  level: LogLevel,
  { pretty }: { pretty: boolean },
): Promise<PinoLogger> {
  return createJsonLogger(level, pretty ? await createPrettyStream() : undefined)
}

/**
 * Writes JSON lines with `level`, `time` and `msg`.
 *
 * Of errors only their names, messages, codes and stacks are written: drivers hang whole rows onto
 * theirs.
 */
export function createJsonLogger(level: LogLevel, stream?: DestinationStream): PinoLogger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  }
  return pino(options, stream ?? createStdout())
}

/** So much is kept while nobody takes it; what is more is lost. */
const MOST_KEPT_BYTES = 1_000_000

/** Ten times a second it is tried again to write to a reader who takes nothing. */
const MOST_TRIES_AT_EXIT = 5

/** A full disk, or a reader who is stuck or gone, costs lines of the log and never the service. */
function createStdout(): DestinationStream {
  let isFailing = false
  let triesLeft = Number.POSITIVE_INFINITY
  const stdout = pino.destination({
    dest: process.stdout.fd,
    sync: false,
    // Written at once all the same; with 0, its `flush` would not wait for what is being written.
    minLength: 1,
    maxLength: MOST_KEPT_BYTES,
    retryEAGAIN: () => triesLeft-- > 0,
  })
  const flush = stdout.flushSync.bind(stdout)
  stdout.on('error', () => {
    isFailing = true
  })
  stdout.on('write', () => {
    isFailing = false
  })
  // At the end of the process it would try for good.
  stdout.flushSync = () => {
    triesLeft = MOST_TRIES_AT_EXIT
    if (!isFailing) flushOrLose(flush)
  }
  return stdout
}

function flushOrLose(flush: () => void): void {
  try {
    flush()
  } catch {
    // What nobody takes is lost.
  }
}

/** Loaded only for terminals. */
async function createPrettyStream(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty')
  return pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', sync: true })
}

interface ErrorDescription {
  readonly type: string
  readonly message: string
  readonly code?: string | number
  readonly stack?: string | undefined
  readonly cause?: ErrorDescription
  readonly errors?: readonly ErrorDescription[]
}

/** Causes of causes are told so far: they may go round in a circle. */
const MOST_CAUSES = 5

function describeError(error: unknown, causes = MOST_CAUSES): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  const describe = (other: unknown) => describeError(other, causes - 1)
  return {
    type: name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack,
    ...(causes > 0 && cause !== undefined && { cause: describe(cause) }),
    ...(causes > 0 && error instanceof AggregateError && { errors: error.errors.map(describe) }),
  }
}
