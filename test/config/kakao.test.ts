import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { problemsOf } from './_support/problems.ts'

const KEY = { KAKAO_REST_API_KEY: 'rest-key' }

describe("whether Kakao's tokens are kept", () => {
  test.each([
    [undefined, undefined, true],
    [undefined, 'admin', false],
    ['auto', undefined, true],
    ['auto', 'admin', false],
    ['keep', undefined, true],
    ['keep', 'admin', true],
    ['never', undefined, false],
    ['never', 'admin', false],
  ])(
    'KAKAO_TOKENS=%s and KAKAO_ADMIN_KEY=%s: %s',
    (KAKAO_TOKENS = '', KAKAO_ADMIN_KEY = '', kept) => {
      expect(readConfig({ ...KEY, KAKAO_TOKENS, KAKAO_ADMIN_KEY }).kakao.keepTokens).toBe(kept)
    },
  )
})

describe('the app', () => {
  test('is the demo app where none is set, with what else is set of it', () => {
    expect(readConfig({}).kakao).toMatchObject({
      appId: '123456',
      adminKeys: ['demo-admin-key'],
      audiences: ['demo-rest-api-key'],
    })
    expect(readConfig({ KAKAO_ADMIN_KEY: 'a,b', KAKAO_APP_ID: '654321' }).kakao).toMatchObject({
      restApiKey: 'demo-rest-api-key',
      appId: '654321',
      adminKeys: ['a', 'b'],
    })
  })

  test('is nothing but what is set, with a key', () => {
    expect(readConfig(KEY).kakao).toMatchObject({ appId: undefined, adminKeys: [] })
  })

  test('may be meant by ID tokens under each of its keys', () => {
    const keys = { KAKAO_NATIVE_APP_KEY: 'native,older', KAKAO_JAVASCRIPT_KEY: 'page' }
    expect(readConfig({ ...KEY, ...keys }).kakao.audiences).toEqual([
      'rest-key',
      'native',
      'older',
      'page',
    ])
  })

  test.each(['123456x', 'x123456', '12345678901234567890', '-1', '1.5'])(
    'has a number, and %s is none',
    (KAKAO_APP_ID) => {
      expect(problemsOf({ ...KEY, KAKAO_APP_ID })).toEqual(['KAKAO_APP_ID: must be a number'])
    },
  )
})

test.each(['account_email!', '!account_email', 'account_email;gender', '이메일'])(
  '%s is no list of consent items',
  (KAKAO_SCOPES) => {
    expect(problemsOf({ KAKAO_SCOPES })).toEqual([
      'KAKAO_SCOPES: must be a list of consent item ids, such as account_email',
    ])
  },
)

test.each([
  ['KAKAO_KAUTH_URL', 'KAKAO_KAPI_URL'],
  ['KAKAO_KAPI_URL', 'KAKAO_KAUTH_URL'],
])('%s alone would send one Kakao the tokens of the other', (given, missing) => {
  expect(problemsOf({ ...KEY, [given]: 'http://localhost:8001' })).toEqual([
    `${missing}: must be set together with ${given}`,
  ])
})

test('slashes at the end of a host do not count', () => {
  const environment = {
    KAKAO_KAUTH_URL: 'http://localhost:8001//',
    KAKAO_KAPI_URL: 'http://localhost:8001/kapi/',
  }
  expect(readConfig(environment).kakao).toMatchObject({
    kauthUrl: 'http://localhost:8001',
    kapiUrl: 'http://localhost:8001/kapi',
  })
})
