import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { createWorld } from '../_support/world.ts'
import { PRODUCTION, problemsOf } from './_support/problems.ts'

function warningsOf(environment: Record<string, string>): string[] {
  return readConfig(environment).warnings.map(({ variable, problem }) => `${variable}: ${problem}`)
}

describe('a name that is nearly one of ours is probably a typo', () => {
  test.each([
    ['KAKAO_REST_APIKEY', 'KAKAO_REST_API_KEY'],
    ['KAKAO_REST_API_KEYS', 'KAKAO_REST_API_KEY'],
    ['KAKOA_REST_API_KEY', 'KAKAO_REST_API_KEY'],
    ['kakao_rest_api_key', 'KAKAO_REST_API_KEY'],
    ['KAKAO_REST_API', 'KAKAO_REST_API_KEY'],
    ['KAKAO_CLIENT_SECRET', 'KAKAO_CLIENT_SECRET_KEY'],
    ['KAKAO_REDIRECT_URL', 'KAKAO_REDIRECT_URI'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['SECRETKEY', 'SECRET_KEY'],
    ['NODE_EVN', 'NODE_ENV'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['REFRESH_GRACEFU', 'REFRESH_GRACE'],
    ['host', 'HOST'],
  ])('%s: %s', (name, meant) => {
    expect(warningsOf({ [name]: 'a value' })).toEqual([
      `${name}: is not read by this server; is ${meant} meant?`,
    ])
  })

  test.each([
    'HOME',
    'POST',
    'HOSTNAME',
    'LOGNAME',
    'PATH',
    'KAKAO_MAP_KEY',
    'REFRESH_GRACEFUL',
    'SESSION_ID',
    'DATABASE',
  ])('%s is none', (name) => {
    expect(warningsOf({ [name]: 'a value' })).toEqual([])
  })

  test('an empty one is as good as unset', () => {
    expect(warningsOf({ KAKAO_REST_APIKEY: ' ' })).toEqual([])
  })

  test('a refusal tells it too: what is missing may be what is misspelt', () => {
    const { KAKAO_REST_API_KEY, ...others } = PRODUCTION
    expect(problemsOf({ ...others, KAKAO_REST_APIKEY: KAKAO_REST_API_KEY })).toEqual([
      'KAKAO_REST_API_KEY: is required in production',
      'KAKAO_REST_APIKEY: is not read by this server; is KAKAO_REST_API_KEY meant?',
    ])
  })
})

test('the log says so at start, whoever starts', async () => {
  const world = await createWorld({
    environment: { KAKAO_REST_APIKEY: 'a-value', ADMIN_TOKEN: 'a-value' },
  })
  await world.close()

  expect(world.log).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      msg: 'KAKAO_REST_APIKEY: is not read by this server; is KAKAO_REST_API_KEY meant?',
    }),
  )
  expect(world.log).toContainEqual(
    expect.objectContaining({
      level: 'warn',
      msg: 'set, but not used by this version',
      variables: ['ADMIN_TOKEN'],
    }),
  )
  expect(JSON.stringify(world.log)).not.toContain('a-value')
})

test('what should not stay so in production is said at every start', () => {
  expect(warningsOf({ ...PRODUCTION, ALLOW_EMULATOR: 'true' })).toEqual([
    'ALLOW_EMULATOR: admits http and loopback URLs in production: for rehearsals only',
  ])
  expect(warningsOf(PRODUCTION)).toEqual([])
  expect(warningsOf({ ALLOW_EMULATOR: 'true' })).toEqual([])
})

describe.each(['SESSION', 'REFRESH_TOKEN'])('%s_TTL', (prefix) => {
  const [ttl, max] = [`${prefix}_TTL`, `${prefix}_MAX`]

  test('that is longer than what ends it first is probably a mistake', () => {
    expect(warningsOf({ [ttl]: '2y' })).toEqual([
      `${ttl}: is longer than ${max}, which ends it first`,
    ])
    expect(warningsOf({ [ttl]: '2y', [max]: '2y' })).toEqual([])
  })

  test('may be cut where it is the default', () => {
    expect(warningsOf({ [max]: '1d' })).toEqual([])
  })
})
