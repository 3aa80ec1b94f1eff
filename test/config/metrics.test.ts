import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { PRODUCTION, problemsOf } from './_support/problems.ts'

test('in production a token for the metrics has 32 characters or more', () => {
  const token = 'm'.repeat(31)

  expect(problemsOf({ ...PRODUCTION, METRICS_TOKEN: token })).toEqual([
    'METRICS_TOKEN: must have 32 characters or more in production',
  ])
  expect(problemsOf({ ...PRODUCTION, METRICS_TOKEN: `${token}m` })).toEqual([])
  expect(readConfig({ METRICS_TOKEN: 'short' }).metrics).toEqual({ token: 'short' })
})

test('a token that no bearer could bring is refused', () => {
  expect(problemsOf({ METRICS_TOKEN: 'a:b' })).toEqual([
    'METRICS_TOKEN: must consist of letters, digits and - . _ ~ + / alone',
  ])
})
