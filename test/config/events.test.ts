import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { PRODUCTION, problemsOf } from './_support/problems.ts'

const toSecret = (size: number) => `whsec_${Buffer.alloc(size, 7).toString('base64')}`
const SECRET = toSecret(24)
const ONE = { WEBHOOK_URLS: 'https://one.example/hook', WEBHOOK_SECRETS: SECRET }

test('each URL has its secrets, in the same order, several side by side', () => {
  const { events } = readConfig({
    WEBHOOK_URLS: 'https://one.example/hook, http://localhost:9000/other?key=1',
    WEBHOOK_SECRETS: `${SECRET},${toSecret(32)}  ${toSecret(64)}`,
  })

  expect(events.receivers).toEqual([
    { url: 'https://one.example/hook', secrets: [Buffer.alloc(24, 7)] },
    {
      url: 'http://localhost:9000/other?key=1',
      secrets: [Buffer.alloc(32, 7), Buffer.alloc(64, 7)],
    },
  ])
})

test('without any, nobody is told', () => {
  expect(readConfig({}).events).toEqual({
    receivers: [],
    retryMs: [5, 30, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1000),
    auditRetentionMs: 2 * 365 * 86_400_000,
  })
})

describe('a refusal names the variable, and shows no value', () => {
  test.each([
    ['a URL without a secret', { WEBHOOK_URLS: 'https://one.example/' }, 'WEBHOOK_SECRETS'],
    ['a secret without a URL', { WEBHOOK_SECRETS: SECRET }, 'WEBHOOK_SECRETS'],
    [
      'more secrets than URLs',
      { ...ONE, WEBHOOK_SECRETS: `${SECRET},${SECRET}` },
      'WEBHOOK_SECRETS',
    ],
    ['an empty entry', { ...ONE, WEBHOOK_SECRETS: `,${SECRET}` }, 'WEBHOOK_SECRETS'],
    ['a secret of 23 bytes', { ...ONE, WEBHOOK_SECRETS: toSecret(23) }, 'WEBHOOK_SECRETS'],
    ['a secret of 65 bytes', { ...ONE, WEBHOOK_SECRETS: toSecret(65) }, 'WEBHOOK_SECRETS'],
    ['a secret without whsec_', { ...ONE, WEBHOOK_SECRETS: SECRET.slice(6) }, 'WEBHOOK_SECRETS'],
    ['a secret not in base64', { ...ONE, WEBHOOK_SECRETS: `${SECRET}!` }, 'WEBHOOK_SECRETS'],
    ['one bad secret of two', { ...ONE, WEBHOOK_SECRETS: `${SECRET} whsec_x` }, 'WEBHOOK_SECRETS'],
    ['no URL', { ...ONE, WEBHOOK_URLS: 'one.example/hook' }, 'WEBHOOK_URLS'],
    ['a password', { ...ONE, WEBHOOK_URLS: 'https://u:p@one.example/' }, 'WEBHOOK_URLS'],
    [
      'a URL too long',
      { ...ONE, WEBHOOK_URLS: `https://one.example/${'x'.repeat(2000)}` },
      'WEBHOOK_URLS',
    ],
    ['no duration', { WEBHOOK_RETRY: '5s,soon' }, 'WEBHOOK_RETRY'],
    ['a wait too long', { WEBHOOK_RETRY: '5s,31d' }, 'WEBHOOK_RETRY'],
    ['a retention too short', { AUDIT_RETENTION: '23h' }, 'AUDIT_RETENTION'],
  ])('%s', (_what, environment, variable) => {
    const lines = problemsOf(environment)

    expect(lines).toEqual([expect.stringMatching(`^${variable}: `)])
    expect(lines[0]).not.toContain(toSecret(23).slice(6, 20))
  })

  test('the same URL twice, however it is written', () => {
    const twice = { WEBHOOK_URLS: 'https://one.example,https://ONE.example/' }
    expect(problemsOf({ ...twice, WEBHOOK_SECRETS: `${SECRET},${SECRET}` })).toEqual([
      'WEBHOOK_URLS: must name each URL once',
    ])
  })
})

test('production wants https, a rehearsal does not', () => {
  const plain = { ...PRODUCTION, ...ONE, WEBHOOK_URLS: 'http://one.example/hook' }

  expect(problemsOf(plain)).toEqual(['WEBHOOK_URLS: must be https in production'])
  expect(problemsOf({ ...plain, ALLOW_EMULATOR: 'true' })).toEqual([])
  expect(problemsOf({ ...PRODUCTION, ...ONE })).toEqual([])
})

test('a list of waits may have blanks, and be of one', () => {
  expect(readConfig({ WEBHOOK_RETRY: '1s , 2m' }).events.retryMs).toEqual([1000, 120_000])
  expect(readConfig({ WEBHOOK_RETRY: '0' }).events.retryMs).toEqual([0])
})
