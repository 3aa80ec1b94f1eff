/** The values of a series' labels; each from a closed set, so that nobody outside makes series. */
export type Labels<Name extends string> = Readonly<Record<Name, string>>

export interface FamilyOptions<Name extends string> {
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly name: `daemun_${string}`
  readonly help: string
  readonly labelNames: readonly Name[]
}

/** A metric: one series for each combination of its labels' values, made when first asked for. */
export class Family<Name extends string, Value> {
  readonly options: FamilyOptions<Name>
  readonly #create: () => Value
  readonly #series = new Map<string, readonly [Labels<Name>, Value]>()

  constructor(options: FamilyOptions<Name>, create: () => Value) {
    this.options = options
    this.#create = create
  }

  /** What holds the value of a series, to be kept by whoever needs it often. */
  of(labels: Labels<Name>): Value {
    const key = this.options.labelNames.map((name) => labels[name]).join('\n')
    const known = this.#series.get(key)
    if (known !== undefined) return known[1]
    const value = this.#create()
    this.#series.set(key, [labels, value])
    return value
  }

  series(): IterableIterator<readonly [Labels<Name>, Value]> {
    return this.#series.values()
  }

  /** Forgets all series: what is not known is not zero. */
  clear(): void {
    this.#series.clear()
  }
}
