/** The value that so large a share of them is not above. @param sorted Ascending. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((one, other) => one - other),
    0.5,
  )
}

export function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0)
}

/** Rounded to so many significant digits, as figures of one run deserve. */
export function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits))
}
