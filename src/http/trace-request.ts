import { inScope, parseTraceparent, type Span, type Tracer } from '../tracing/index.ts'
import type { Layer } from './route.ts'

export interface TraceRequestDeps {
  readonly tracer: Tracer
  readonly publicUrl: string
  readonly randomBytes: (size: number) => Uint8Array
}

const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
])

/**
 * Names each request, and makes it part of the trace that it says it is part of. Of the address only
 * the route is told: paths and queries hold ids and codes.
 *
 * @see [Semantic conventions for HTTP](https://opentelemetry.io/docs/specs/semconv/http/http-spans/)
 */
export function traceRequest({ tracer, publicUrl, randomBytes }: TraceRequestDeps): Layer {
  const { hostname, protocol } = new URL(publicUrl)
  const ours = { 'server.address': hostname, 'url.scheme': protocol.slice(0, -1) }

  return (answer) => async (context) => {
    const requestId = Buffer.from(randomBytes(12)).toString('hex')
    context.set('requestId', requestId)
    const method = METHODS.has(context.req.method) ? context.req.method : '_OTHER'
    const span = tracer.start(method, {
      kind: 'server',
      attributes: { ...ours, 'http.request.method': method },
      parent: parseTraceparent(context.req.header('traceparent')),
    })
    try {
      const response = await inScope({ requestId, span }, () => answer(context))
      if (tracer.isCollecting)
        noteAnswer(span, { method, route: context.get('route'), status: response.status })
      return response
    } finally {
      span.end()
    }
  }
}

function noteAnswer(
  span: Span,
  { method, route, status }: { method: string; route: string | undefined; status: number },
): void {
  span.note({ 'http.response.status_code': status })
  if (route !== undefined) {
    span.note({ 'http.route': route })
    span.rename(`${method} ${route}`)
  }
  if (status >= 500) span.fail(String(status))
}
