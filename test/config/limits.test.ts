import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { PRODUCTION, problemsOf } from './_support/problems.ts'

const MINUTE = 60_000

test('in production addresses and users are limited, elsewhere nobody is', () => {
  expect(readConfig(PRODUCTION).limits).toEqual({
    login: { count: 600, windowMs: MINUTE },
    token: { count: 600, windowMs: MINUTE },
    user: { count: 120, windowMs: MINUTE },
  })
  expect(readConfig({}).limits).toEqual({ login: undefined, token: undefined, user: undefined })
})

test('each is set by itself, and switched off by itself', () => {
  const environment = { RATE_LIMIT_LOGIN: 'off', RATE_LIMIT_TOKEN: '1/1s', RATE_LIMIT_USER: '5/1d' }

  expect(readConfig({ ...PRODUCTION, ...environment }).limits).toEqual({
    login: undefined,
    token: { count: 1, windowMs: 1000 },
    user: { count: 5, windowMs: 86_400_000 },
  })
})

describe('a refusal names the variable, and shows no value', () => {
  test.each([
    '0/1m',
    '600',
    '600/',
    '/1m',
    '600/0',
    '600/500ms',
    '600/25h',
    '600/60',
    '600/m',
    '600 / 1m',
    '-1/1m',
    '1.5/1m',
    '1e3/1m',
    '1000001/1m',
    '600/1m/1m',
    'OFF',
    'none',
  ])('%s', (rate) => {
    const lines = ['RATE_LIMIT_LOGIN', 'RATE_LIMIT_TOKEN', 'RATE_LIMIT_USER'].flatMap((variable) =>
      problemsOf({ [variable]: rate }),
    )

    const rule =
      'must be off, or a count from 1 to 1000000 and a duration from 1s to 1d, such as 600/1m'
    expect(lines).toEqual([
      `RATE_LIMIT_LOGIN: ${rule}`,
      `RATE_LIMIT_TOKEN: ${rule}`,
      `RATE_LIMIT_USER: ${rule}`,
    ])
  })
})
