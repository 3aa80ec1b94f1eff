import type { World } from './world.ts'

/** What a scrape found. */
export interface Scrape {
  /** The value of a series, named as in the text: `daemun_x_total{result="ok"}`; absent: none. */
  value(series: string): number | undefined
  /** All series of a metric, with their values. */
  of(metric: string): Record<string, number>
  /** The label names of each metric, `le` aside. */
  readonly labels: ReadonlyMap<string, readonly string[]>
  readonly text: string
}

export async function scrape(world: Pick<World, 'browser'>): Promise<Scrape> {
  const answer = await world.browser().get('/metrics')
  if (answer.status !== 200) throw new Error(`the scrape was answered ${answer.status}`)
  return readExposition(await answer.text())
}

/** Reads the text format, as strictly as we write it. */
export function readExposition(text: string): Scrape {
  const series = new Map<string, number>()
  const labels = new Map<string, readonly string[]>()
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue
    const match = /^((\w+)(?:\{((?:\w+="(?:[^"\\]|\\.)*",?)*)\})?) (\S+)$/.exec(line)
    if (match === null) throw new Error(`no line of the format: ${line}`)
    const [, name = '', metric = '', pairs = '', value] = match
    series.set(name, Number(value))
    const names = [...pairs.matchAll(/(\w+)="/g)].map(([, label = '']) => label)
    labels.set(
      metric,
      names.filter((label) => label !== 'le'),
    )
  }
  return {
    value: (name) => series.get(name),
    of: (metric) =>
      Object.fromEntries([...series].filter(([name]) => name.split('{')[0] === metric)),
    labels,
    text,
  }
}
