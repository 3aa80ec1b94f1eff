import { expect, test } from 'vitest'
import { toOutcome } from '../../src/deliveries/outcome.ts'

const RULES = { retryMs: [5000, 30_000], random: () => 0.5 }

test.each([200, 204, 299])('%i is a delivery', (status) => {
  expect(toOutcome({ status }, 0, RULES)).toEqual({ kind: 'delivered' })
})

test.each([null, 199, 300, 304, 400, 404, 409, 429, 500, 503])('%s is not', (status) => {
  expect(toOutcome({ status }, 0, RULES)).toEqual({ kind: 'again', waitMs: 5000 })
})

test.each([
  [0, 4000],
  [0.5, 5000],
  [1 - 2 ** -32, 6000],
])('with a random number of %d the wait of 5 s is one of %i ms', (random, waitMs) => {
  const outcome = toOutcome({ status: 500 }, 0, { ...RULES, random: () => random })
  expect(outcome).toEqual({ kind: 'again', waitMs })
})

test('each failed attempt has its wait, and after the last there is none', () => {
  const outcomes = [0, 1, 2].map((attempts) => toOutcome({ status: 500 }, attempts, RULES))
  expect(outcomes).toEqual([
    { kind: 'again', waitMs: 5000 },
    { kind: 'again', waitMs: 30_000 },
    { kind: 'dead' },
  ])
})
