import { expect, test } from 'vitest'
import { parseDuration } from '../../src/config/duration.ts'

test.each([
  ['0', 0],
  ['500ms', 500],
  ['10s', 10_000],
  ['5m', 300_000],
  ['2h', 7_200_000],
  ['30d', 2_592_000_000],
  ['1y', 31_536_000_000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds)
})

test.each(['', '10', '10sx', '2h30m', '1000000000s', '-1s', '1.5h', '10 s', '1w', 's', '1H'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined()
  },
)
