import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'

type ExportDone = Parameters<SpanExporter['export']>[1]
/** `ExportResultCode.SUCCESS` */
const SUCCESS = 0

/** An exporter as it is, with somebody who is told when it begins to fail, and when that is over. */
export function reportingExporter(
  exporter: SpanExporter,
  onCollector: (state: 'away' | 'back') => void,
): SpanExporter {
  let isAway = false

  function note(code: number): void {
    const wasAway = isAway
    isAway = code !== SUCCESS
    if (isAway !== wasAway) onCollector(isAway ? 'away' : 'back')
  }

  return {
    export(spans: ReadableSpan[], done: ExportDone) {
      exporter.export(spans, (result) => {
        note(result.code)
        done(result)
      })
    },
    forceFlush: async () => await exporter.forceFlush?.(),
    shutdown: async () => await exporter.shutdown(),
  }
}
