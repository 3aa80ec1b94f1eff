import type { Families } from './families.ts'
import type { Family } from './family.ts'
import { loadProcessMetrics } from './process-metrics.ts'
import { Count, type Durations, Level } from './values.ts'

type Value = Count | Level | Durations

export interface Exposition {
  readonly text: string
  readonly contentType: string
}

/**
 * Writes all metrics down for a scraper: ours, and prom-client's of the process.
 *
 * @see [Prometheus: text-based format](https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format)
 */
export async function exposeMetrics(families: Families): Promise<Exposition> {
  const process = await loadProcessMetrics()
  const ours = Object.values(families).map((family) => toText(family as Family<string, Value>))
  return {
    text: `${ours.join('\n')}\n${await process.metrics()}`,
    contentType: process.contentType,
  }
}

function toText(family: Family<string, Value>): string {
  const { name, help, type } = family.options
  const lines = [...family.series()].flatMap(([labels, value]) => toLines(name, labels, value))
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function toLines(name: string, labels: Readonly<Record<string, string>>, value: Value): string[] {
  if (value instanceof Count || value instanceof Level) {
    return [toLine(name, labels, value.value)]
  }
  let total = 0
  const buckets = value.counts.map((count, index) => {
    total += count
    const le = String(value.bounds[index] ?? '+Inf')
    return toLine(`${name}_bucket`, { ...labels, le }, total)
  })
  const sum = toLine(`${name}_sum`, labels, value.sum)
  return [...buckets, sum, toLine(`${name}_count`, labels, total)]
}

/** Values come from closed sets: JSON has what few escapes they could need in common with the format. */
function toLine(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(text)}`)
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`
}
