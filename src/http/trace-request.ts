import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { inScope, parseTraceparent, type Span, type Tracer } from '../tracing/index.ts'
import type { AppEnv } from './env.ts'

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
export function traceRequest({ tracer, publicUrl, randomBytes }: TraceRequestDeps) {
  const { hostname, protocol } = new URL(publicUrl)
  const ours = { 'server.address': hostname, 'url.scheme': protocol.slice(0, -1) }

  return createMiddleware<AppEnv>(async (context, next) => {
    const requestId = Buffer.from(randomBytes(12)).toString('hex')
    context.set('requestId', requestId)
    const method = METHODS.has(context.req.method) ? context.req.method : '_OTHER'
    const span = tracer.start(method, {
      kind: 'server',
      attributes: { ...ours, 'http.request.method': method },
      parent: parseTraceparent(context.req.header('traceparent')),
    })
    try {
      await inScope({ requestId, span }, next)
    } finally {
      noteAnswer(span, context, method)
      span.end()
    }
  })
}

function noteAnswer(span: Span, context: Context<AppEnv>, method: string): void {
  const { status } = context.res
  const route = context.get('route')
  span.note({ 'http.response.status_code': status })
  if (route !== undefined) {
    span.note({ 'http.route': route })
    span.rename(`${method} ${route}`)
  }
  if (status >= 500) span.fail(String(status))
}
