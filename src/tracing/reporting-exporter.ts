import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'

type ExportDone = Parameters<SpanExporter['export']>[1]
/** `ExportResultCode.SUCCESS` */
const SUCCESS = 0

/** Told when the collector ceases to take spans, and why; and when it takes them again. */
export type OnCollector = (state: 'away' | 'back', error?: unknown) => void

/** An exporter as it is, with somebody who is told when it begins to fail, and when that is over. */
export function reportingExporter(exporter: SpanExporter, onCollector: OnCollector): SpanExporter {
  let isAway = false

  function note({ code, error }: Parameters<ExportDone>[0]): void {
    const wasAway = isAway
    isAway = code !== SUCCESS
    if (isAway !== wasAway) onCollector(isAway ? 'away' : 'back', error)
  }

  return {
    export(spans: ReadableSpan[], done: ExportDone) {
      exporter.export(spans, (result) => {
        note(result)
        done(result)
      })
    },
    forceFlush: async () => await exporter.forceFlush?.(),
    shutdown: async () => await exporter.shutdown(),
  }
}
