import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { blamedIn, PRODUCTION, problemsOf } from './_support/problems.ts'

const CALLBACK = '/oauth/kakao/login/callback/'

/** Spellings of this machine, or of the one that asks. */
const LOOPBACK = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'kakao.localhost',
  'kakao.localhost.',
  'localhost.localdomain',
  'ip6-localhost',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1.2.3',
  '127.1',
  '0x7f.1',
  '0177.0.0.1',
  '2130706433',
  '0.0.0.0',
  '0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
]

describe.each(LOOPBACK)('%s is loopback', (host) => {
  const url = `https://${host}`

  test('no Kakao of production', () => {
    const environment = { ...PRODUCTION, KAKAO_KAUTH_URL: url, KAKAO_KAPI_URL: url }
    expect(blamedIn(environment)).toEqual(['KAKAO_KAUTH_URL', 'KAKAO_KAPI_URL'])
  })

  test('no address of ours in production', () => {
    expect(problemsOf({ ...PRODUCTION, KAKAO_REDIRECT_URI: url + CALLBACK })).toEqual([
      'KAKAO_REDIRECT_URI: must be https and not loopback in production',
    ])
  })

  test('a Kakao that the demo app may be sent to', () => {
    expect(problemsOf({ KAKAO_KAUTH_URL: url, KAKAO_KAPI_URL: url })).toEqual([])
  })
})

test.each([
  'service.example',
  'localhost.example',
  'ip6-localhost.example',
  'localhost.localdomain.example',
  'notlocalhost',
  '128.0.0.1',
  '[::2]',
  '1.0.0.0',
])('%s is not', (host) => {
  expect(problemsOf({ ...PRODUCTION, KAKAO_REDIRECT_URI: `https://${host}${CALLBACK}` })).toEqual(
    [],
  )
})

describe('in production every address of ours is https', () => {
  test.each([
    { PUBLIC_URL: 'http://service.example' },
    { KAKAO_REDIRECT_URI: `http://service.example${CALLBACK}?to=https://service.example` },
    { KAKAO_LOGOUT_REDIRECT_URI: 'http://service.example/oauth/kakao/logout/callback/' },
    { KAKAO_LOGOUT_REDIRECT_URI: 'https://localhost/oauth/kakao/logout/callback/' },
    { KAKAO_REDIRECT_URI: `${PRODUCTION.KAKAO_REDIRECT_URI},http://app.example/kakao` },
  ])('%o', (environment) => {
    const [variable = ''] = Object.keys(environment)
    const line = `${variable}: must be https and not loopback in production`

    expect(problemsOf({ ...PRODUCTION, ...environment })).toContain(line)
    expect(problemsOf({ ...PRODUCTION, ...environment, ALLOW_EMULATOR: 'true' })).not.toContain(
      line,
    )
  })
})

describe('the first redirect URI', () => {
  test.each([
    'https://service.example/oauth/kakao/login/callback',
    'https://service.example/oauth/kakao/login/callback/',
    'https://service.example:8443/oauth/kakao/login/callback/',
  ])('%s is our own callback', (uri) => {
    expect(problemsOf({ KAKAO_REDIRECT_URI: `${uri},https://app.example/kakao` })).toEqual([])
  })

  test.each([
    'https://service.example/app/oauth/kakao/login/callback/',
    'https://service.example/oauth/kakao/login/callback//',
    'https://service.example//oauth/kakao/login/callback/',
    'https://service.example/OAuth/kakao/login/callback/',
    'https://app.example/kakao,https://service.example/oauth/kakao/login/callback/',
  ])('%s is not', (uris) => {
    expect(problemsOf({ KAKAO_REDIRECT_URI: uris })).toEqual([
      'KAKAO_REDIRECT_URI: must begin with our own callback: its path is /oauth/kakao/login/callback/',
    ])
  })
})

describe('PUBLIC_URL, under which the cookie of a login is set', () => {
  const KAKAO_REDIRECT_URI = `https://service.example${CALLBACK}`

  test.each([
    'https://service.example',
    'https://SERVICE.example/',
    'https://service.example:8443',
  ])('%s shares cookies with the callback', (PUBLIC_URL) => {
    expect(problemsOf({ KAKAO_REDIRECT_URI, PUBLIC_URL })).toEqual([])
  })

  test.each(['https://www.service.example', 'https://example', 'http://service.example'])(
    '%s does not',
    (PUBLIC_URL) => {
      expect(problemsOf({ KAKAO_REDIRECT_URI, PUBLIC_URL })).toEqual([
        'PUBLIC_URL: must have the scheme and the host of the first KAKAO_REDIRECT_URI',
      ])
    },
  )

  test('nor does it with the callback that is meant where none is set', () => {
    expect(blamedIn({ PUBLIC_URL: 'http://127.0.0.1:8000' })).toEqual(['PUBLIC_URL'])
  })
})

describe('no address is', () => {
  test.each([
    'https:/service.example',
    'https:service.example',
    'https:\\\\service.example',
    'https://service.example\\@other.example',
    'https://ser vice.example',
    'https://user@service.example',
    'https://:password@service.example',
    'https://service.example/#top',
    'https://*.service.example',
    'ftp://service.example',
    'service.example',
    '//service.example',
    'javascript:alert(1)',
    'null',
    '*',
  ])('%s', (url) => {
    expect(blamedIn({ APP_ORIGINS: url })).toEqual(['APP_ORIGINS'])
    expect(blamedIn({ APP_CALLBACK_URLS: url })).toEqual(['APP_CALLBACK_URLS'])
    expect(blamedIn({ KAKAO_LOGOUT_REDIRECT_URI: url })).toEqual(['KAKAO_LOGOUT_REDIRECT_URI'])
  })

  test.each(['https://app.example/path', 'https://app.example/?a', 'https://app.example?a'])(
    '%s, where an origin is wanted',
    (url) => {
      expect(problemsOf({ APP_ORIGINS: url })).toEqual([
        'APP_ORIGINS: must be an origin: scheme, host and port only',
      ])
      expect(problemsOf({ APP_CALLBACK_URLS: url })).toEqual([])
    },
  )

  test('one with a query, where paths are appended', () => {
    const environment = { KAKAO_REST_API_KEY: 'k', KAKAO_KAPI_URL: 'https://kapi.example' }
    expect(problemsOf({ ...environment, KAKAO_KAUTH_URL: 'https://kauth.example/?a=b' })).toEqual([
      'KAKAO_KAUTH_URL: must have no query',
    ])
  })
})

test('addresses that are compared as text are kept as text', () => {
  const config = readConfig({
    APP_CALLBACK_URLS: 'https://App.example/a/../b',
    KAKAO_REDIRECT_URI: `http://LOCALHOST:8000${CALLBACK},https://App.example`,
    KAKAO_LOGOUT_REDIRECT_URI: 'https://App.example',
  })

  expect(config.login.appCallbackUrls).toEqual(['https://App.example/a/../b'])
  expect(config.kakao.redirectUris).toEqual([
    `http://LOCALHOST:8000${CALLBACK}`,
    'https://App.example',
  ])
  expect(config.kakao.logoutRedirectUri).toBe('https://App.example')
  expect(config.publicUrl).toBe('http://localhost:8000')
})

test('other origins are compared as browsers write them', () => {
  const config = readConfig({ APP_ORIGINS: 'HTTPS://App.example:443/,http://한글.example' })
  expect(config.appOrigins).toEqual(['https://app.example', 'http://xn--bj0bj06e.example'])
})

test('the log-out at Kakao comes back to us where nothing else is said', () => {
  const { logoutRedirectUri } = readConfig({ PORT: '9000' }).kakao
  expect(logoutRedirectUri).toBe('http://localhost:9000/oauth/kakao/logout/callback/')
})

describe('HOST', () => {
  test.each(['127.0.0.1', '0.0.0.0', '::', '::1', 'fe80::1%eth0', 'localhost', 'web-1.internal.'])(
    '%s is one',
    (HOST) => {
      expect(readConfig({ HOST }).host).toBe(HOST)
    },
  )

  test.each([
    '[::1]',
    '0.0.0.0:8000',
    'http://localhost',
    'localhost/',
    '*',
    'a b',
    'a..b',
    '대문',
  ])('%s is none', (HOST) => {
    expect(blamedIn({ HOST })).toEqual(['HOST'])
  })
})
