import {
  type Context,
  SpanKind as OtelKind,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { TracingConfig } from '../config/index.ts'
import { type OnCollector, reportingExporter } from './reporting-exporter.ts'
import { createSampler } from './sampler.ts'
import type { TraceContext } from './trace-context.ts'
import type { Attributes, Span, SpanKind, SpanOptions, Tracer } from './tracer.ts'

export interface TracingOptions extends TracingConfig {
  readonly onCollector: OnCollector
}

const KINDS = {
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  internal: OtelKind.INTERNAL,
} as const satisfies Record<SpanKind, OtelKind>

/** An attempt to export that takes longer has failed. */
const EXPORT_MS = 5000
/** At the end of the process nobody waits longer for what is left. */
const CLOSE_MS = 1000

/**
 * Hands spans on to a collector, over OTLP with JSON: behind the answers, and at most so many at a
 * time. What cannot be handed on is dropped. OpenTelemetry's globals are left to whoever mounts us.
 */
export function createOtelTracer(options: TracingOptions): Tracer {
  const exporter = new OTLPTraceExporter({
    // https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
    url: `${options.endpoint}/v1/traces`,
    headers: { ...options.headers },
    timeoutMillis: EXPORT_MS,
  })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      ...options.resourceAttributes,
      'service.name': options.serviceName,
    }),
    sampler: createSampler(options.sampler),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: reportingExporter(exporter, options.onCollector),
        exportTimeoutMillis: EXPORT_MS,
      }),
    ],
  })
  const tracer = provider.getTracer('daemun')

  return {
    isCollecting: true,

    start(name, { kind, attributes = {}, parent, startedAt = performance.now() }) {
      const spanOptions = { kind: KINDS[kind], attributes, startTime: startedAt }
      return new CollectedSpan(tracer.startSpan(name, spanOptions, toParentContext(parent)))
    },

    async close() {
      const closing = provider.shutdown().catch(() => {})
      const { promise: late, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, CLOSE_MS)
      await Promise.race([closing, late])
      clearTimeout(timer)
    },
  }
}

class CollectedSpan implements Span {
  readonly otel: OtelSpan
  readonly traceId: string
  readonly context: TraceContext

  constructor(otel: OtelSpan) {
    this.otel = otel
    const { traceId, spanId, traceFlags } = otel.spanContext()
    this.traceId = traceId
    this.context = { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 }
  }

  rename(name: string): void {
    this.otel.updateName(name)
  }

  note(attributes: Attributes): void {
    this.otel.setAttributes(attributes)
  }

  fail(type: string): void {
    this.otel.setAttribute('error.type', type)
    this.otel.setStatus({ code: SpanStatusCode.ERROR })
  }

  end(): void {
    this.otel.end(performance.now())
  }
}

function toParentContext(parent: SpanOptions['parent']): Context {
  if (parent === undefined) return ROOT_CONTEXT
  if (parent instanceof CollectedSpan) return trace.setSpan(ROOT_CONTEXT, parent.otel)
  const context = 'spanId' in parent ? parent : parent.context
  if (context === undefined) return ROOT_CONTEXT
  const { traceId, spanId, isSampled } = context
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
