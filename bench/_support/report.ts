import { describeMachine } from './machine.ts'

/** One line of figures. */
export type Row = Readonly<Record<string, string | number>>

/** What a benchmark found out. */
export interface Report {
  readonly title: string
  readonly rows: readonly Row[]
  /** What has to be known to read them. */
  readonly notes?: readonly string[]
}

/** A benchmark: figures of many rounds, or of few, to see whether it works. */
export type Benchmark = (size: Size) => Promise<readonly Report[]>

export interface Size {
  /** @returns The first, or the second where nobody wants to wait. */
  pick<T>(full: T, short: T): T
}

export function printMachine(): void {
  print(`${JSON.stringify(describeMachine())}\n`)
}

/** Prints figures for people, and as a line of JSON. */
export function printReport(report: Report): void {
  const { title, rows, notes = [] } = report
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [names, ...rows.map((row) => names.map((name) => String(row[name] ?? '')))]
  const widths = names.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  const toLine = (line: readonly string[]) =>
    line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')

  print(`\n${title}\n${lines.map(toLine).join('\n')}\n`)
  for (const note of notes) print(`  ${note}\n`)
  print(`${JSON.stringify(report)}\n`)
}

export function print(text: string): void {
  process.stdout.write(text)
}
