/**
 * How many characters to put in, take out, exchange or swap with their neighbour until one text is
 * the other.
 *
 * @see [Damerau–Levenshtein distance](https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance)
 */
export function countEdits(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length
  if (one[0] === other[0]) return countEdits(one.slice(1), other.slice(1))
  const isSwapped = one[0] === other[1] && one[1] === other[0]
  return (
    1 +
    Math.min(
      countEdits(one.slice(1), other),
      countEdits(one, other.slice(1)),
      countEdits(one.slice(1), other.slice(1)),
      isSwapped ? countEdits(one.slice(2), other.slice(2)) : Number.POSITIVE_INFINITY,
    )
  )
}
