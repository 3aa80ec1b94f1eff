import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { problemsOf } from './_support/problems.ts'

const DAY = 86_400_000

test('by default a sign-in is recent for ten minutes, one may come back at once, nothing is kept', () => {
  expect(readConfig({}).withdrawal).toMatchObject({
    recentLoginMs: 600_000,
    rejoinAfterMs: 0,
    retention: {},
  })
})

test('what is retained, each for its own time, in any order', () => {
  expect(readConfig({ RETENTION: ' consents:3y , access_log:90d' }).withdrawal.retention).toEqual({
    accessLogMs: 90 * DAY,
    consentsMs: 3 * 365 * DAY,
  })
})

describe('a refusal names the variable, and shows no value', () => {
  test.each([
    ['a recent sign-in of no time', { RECENT_LOGIN: '0s' }, 'RECENT_LOGIN'],
    ['one of more than a day', { RECENT_LOGIN: '25h' }, 'RECENT_LOGIN'],
    ['no duration', { REJOIN_AFTER: 'never' }, 'REJOIN_AFTER'],
    ['more than ten years', { REJOIN_AFTER: '11y' }, 'REJOIN_AFTER'],
    ['something that is not retained', { RETENTION: 'emails:1y' }, 'RETENTION'],
    ['without a duration', { RETENTION: 'consents=1y' }, 'RETENTION'],
    ['for no time', { RETENTION: 'consents:0' }, 'RETENTION'],
    ['for too long', { RETENTION: 'consents:11y' }, 'RETENTION'],
    ['twice', { RETENTION: 'consents:1y,consents:2y' }, 'RETENTION'],
  ])('%s', (_what, environment, variable) => {
    const lines = problemsOf(environment)

    expect(lines).toEqual([expect.stringMatching(`^${variable}: `)])
    expect(lines.join()).not.toContain(Object.values(environment)[0])
  })
})
