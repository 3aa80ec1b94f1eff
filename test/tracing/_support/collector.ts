import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A span as it arrived. */
export interface CollectedSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  /** Empty: a trace begins with it. */
  readonly parentSpanId: string
  /** As OTLP numbers them: 1 internal, 2 server, 3 client. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, string | number>>
  readonly isFailed: boolean
  /** Nanoseconds. */
  readonly tookNs: bigint
}

/** Somebody who collects traces over OTLP/HTTP with JSON, on loopback. */
export interface Collector {
  readonly url: string
  readonly spans: CollectedSpan[]
  readonly resource: Record<string, string | number>
  /** All that arrived, to the letter, headers and bodies. */
  readonly received: string[]
  close(): Promise<void>
}

/** @param status What is answered; `undefined`: nothing, ever. */
export async function startCollector(status: number | undefined = 200): Promise<Collector> {
  const spans: CollectedSpan[] = []
  const resource: Record<string, string | number> = {}
  const received: string[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)} ${body}`)
    for (const one of (JSON.parse(body) as Export).resourceSpans) {
      Object.assign(resource, toRecord(one.resource.attributes))
      spans.push(...one.scopeSpans.flatMap((scope) => scope.spans.map(toSpan)))
    }
    if (status === undefined) return
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(status === 200 ? '{}' : '{"message":"an answer of the collector"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return { url, spans, resource, received, close: async () => await close(server) }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

type OtlpAttribute = { key: string; value: { stringValue?: string; intValue?: number } }

interface OtlpSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly kind: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly OtlpAttribute[]
  readonly status: { readonly code?: number }
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[]
  }[]
}

const ERROR = 2

function toSpan(span: OtlpSpan): CollectedSpan {
  const { name, traceId, spanId, parentSpanId = '', kind, status } = span
  return {
    name,
    traceId,
    spanId,
    parentSpanId,
    kind,
    attributes: toRecord(span.attributes),
    isFailed: status.code === ERROR,
    tookNs: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
  }
}

function toRecord(attributes: readonly OtlpAttribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']),
  )
}
