/** Where in a trace somebody is who hands it on. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits: the span that whoever comes next is part of. */
  readonly spanId: string
  /** Whether the one before keeps a record. */
  readonly isSampled: boolean
}

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/
const SAMPLED = 1

/**
 * Reads a `traceparent`. What is not one by the letter is as good as none.
 *
 * @see [W3C Trace Context, 3.2](https://www.w3.org/TR/trace-context/#traceparent-header)
 */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = TRACEPARENT.exec(header ?? '')
  if (match === null) return undefined
  const [, version, traceId = '', spanId = '', flags = '', more] = match
  // A later version may say more behind; this one says no more, and `ff` is none.
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (isZero(traceId) || isZero(spanId)) return undefined
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 }
}

export function formatTraceparent({ traceId, spanId, isSampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`
}

function isZero(digits: string): boolean {
  return /^0+$/.test(digits)
}
