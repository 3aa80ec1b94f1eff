import type { TraceContext } from './trace-context.ts'

export type Attributes = Readonly<Record<string, string | number>>

/** How a span lies between what asks and what is asked. */
export type SpanKind = 'server' | 'client' | 'internal'

export interface SpanOptions {
  readonly kind: SpanKind
  /** Nothing personal, no token, no code, nothing that somebody outside has made up. */
  readonly attributes?: Attributes
  /** What it is part of; absent: a trace begins with it. */
  readonly parent?: Span | TraceContext | undefined
  /** When it began, by `performance.now`. Default: now. */
  readonly startedAt?: number
}

/** A piece of work, as it is told to whoever collects traces. */
export interface Span {
  /** Of the trace that it is part of: 32 hexadecimal digits. */
  readonly traceId: string
  /** What is handed on to who is asked; absent: nothing is. */
  readonly context: TraceContext | undefined
  rename(name: string): void
  note(attributes: Attributes): void
  /** @param type What went wrong, from a closed set or the name of an error. */
  fail(type: string): void
  end(): void
}

/** Makes spans, and hands them on to a collector. Neither throws nor lets anybody wait. */
export interface Tracer {
  /** Whether anybody collects: else a span is worth no more than the id of its trace. */
  readonly isCollecting: boolean
  start(name: string, options: SpanOptions): Span
  /** Hands on what is left, within a bounded time. */
  close(): Promise<void>
}

const TRACE_ID_BYTES = 16

/** Names traces, so that lines of the log can be put together, and hands on nothing. */
export function createLocalTracer(randomBytes: (size: number) => Uint8Array): Tracer {
  return {
    isCollecting: false,
    start: (_name, { parent }) => new LocalSpan(parent?.traceId, randomBytes),
    async close() {},
  }
}

class LocalSpan implements Span {
  readonly context = undefined
  readonly #randomBytes: (size: number) => Uint8Array
  #traceId: string | undefined

  constructor(traceId: string | undefined, randomBytes: (size: number) => Uint8Array) {
    this.#traceId = traceId
    this.#randomBytes = randomBytes
  }

  /** Made when first asked for: most requests write no line. */
  get traceId(): string {
    this.#traceId ??= Buffer.from(this.#randomBytes(TRACE_ID_BYTES)).toString('hex')
    return this.#traceId
  }

  rename(): void {}
  note(): void {}
  fail(): void {}
  end(): void {}
}
