/** Counts up, from the start of the process. */
export class Count {
  value = 0

  add(more = 1): void {
    this.value += more
  }
}

/** Goes up and down. */
export class Level {
  value = 0
}

/** Counts durations by how long they were at most, in seconds. */
export class Durations {
  readonly bounds: readonly number[]
  /** One more than bounds: the last counts what was longer than all. */
  readonly counts: number[]
  sum = 0

  /** @param bounds Seconds, growing. */
  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0)
  }

  observe(ms: number): void {
    const seconds = ms / 1000
    const { bounds, counts } = this
    let index = 0
    while (index < bounds.length && seconds > (bounds[index] ?? Number.POSITIVE_INFINITY))
      index += 1
    counts[index] = (counts[index] ?? 0) + 1
    this.sum += seconds
  }
}
