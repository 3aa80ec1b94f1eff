import type { LoadResult } from './load.ts'
import type { Row } from './report.ts'
import { quantile, round } from './statistics.ts'
import { readCpuSeconds } from './usage.ts'

/** Reads how much processor time each part of the machine's work took so far, in seconds. */
export type Parts = Readonly<Record<string, () => Promise<number>>>

/** Processor time by part, in seconds. */
export type CpuUse = Readonly<Record<string, number>>

/** What a load did, and what it cost. */
export interface Measured {
  readonly result: LoadResult
  readonly cpu: CpuUse
}

/** This process, which makes the load: where it has no time left, it is what was measured. */
export const GENERATOR: Parts = { generator: () => readCpuSeconds(process.pid) }

/**
 * Runs a load and notes what it cost.
 *
 * @throws Something did not go well: what was measured then is something else.
 */
export async function measureLoad(
  parts: Parts,
  load: () => Promise<LoadResult>,
): Promise<Measured> {
  const measured = await measureAnyLoad(parts, load)
  expectNoFailure(measured.result)
  return measured
}

/** As {@link measureLoad}, where failures are part of what is looked for. */
export async function measureAnyLoad(
  parts: Parts,
  load: () => Promise<LoadResult>,
): Promise<Measured> {
  const before = await readAll(parts)
  const result = await load()
  const after = await readAll(parts)
  const names = Object.keys(parts)
  const cpu = names.map((name) => [name, (after[name] ?? 0) - (before[name] ?? 0)] as const)
  return { result, cpu: Object.fromEntries(cpu) }
}

/** @throws Something failed. */
export function expectNoFailure({ failures }: LoadResult): void {
  if (failures.length > 0) throw new Error(`${failures.length} failed, the first: ${failures[0]}`)
}

/** Figures of one round: rate, processor time of each part for each piece of work, latencies. */
export function toFigures({ result, cpu }: Measured): Readonly<Record<string, number>> {
  const micros = Object.entries(cpu).map(
    ([part, seconds]) => [`${part} µs`, (seconds / result.done) * 1e6] as const,
  )
  return {
    'per second': result.perSecond,
    ...Object.fromEntries(micros),
    'p50 ms': quantile(result.latenciesMs, 0.5),
    'p99 ms': quantile(result.latenciesMs, 0.99),
  }
}

/** The median of each figure over the rounds. */
export function toMedians(
  what: string,
  rounds: readonly Readonly<Record<string, number>>[],
): Row & { readonly 'per second': number } {
  const [first = {}] = rounds
  const medians = Object.keys(first).map((name) => {
    const values = rounds.map((figures) => figures[name] ?? Number.NaN)
    return [name, round(quantile(Float64Array.from(values).sort(), 0.5))] as const
  })
  return { what, 'per second': Number.NaN, ...Object.fromEntries(medians) }
}

async function readAll(parts: Parts): Promise<CpuUse> {
  const readings = Object.entries(parts).map(async ([name, read]) => [name, await read()] as const)
  return Object.fromEntries(await Promise.all(readings))
}
