import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { blamedIn, PRODUCTION, problemsOf } from './_support/problems.ts'

describe('outside production', () => {
  test('an empty environment is enough, and has the emulator play Kakao', () => {
    const config = readConfig({})

    expect(config).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 8000,
      publicUrl: 'http://localhost:8000',
      store: { url: 'sqlite:data/daemun.db' },
      kakao: {
        restApiKey: 'demo-rest-api-key',
        clientSecret: 'demo-client-secret',
        redirectUris: ['http://localhost:8000/oauth/kakao/login/callback/'],
        kauthUrl: 'http://localhost:8001',
        kapiUrl: 'http://localhost:8001',
        startEmulator: true,
        openIdConnect: true,
        pkce: true,
      },
    })
  })

  test('with a key it is the real Kakao, and no demo secret is sent', () => {
    const { kakao } = readConfig({ KAKAO_REST_API_KEY: 'rest-key' })

    expect(kakao).toMatchObject({
      restApiKey: 'rest-key',
      clientSecret: undefined,
      kauthUrl: 'https://kauth.kakao.com',
      kapiUrl: 'https://kapi.kakao.com',
      startEmulator: false,
    })
  })

  test('the default redirect URI follows the port', () => {
    expect(readConfig({ PORT: '9000' }).kakao.redirectUris).toEqual([
      'http://localhost:9000/oauth/kakao/login/callback/',
    ])
  })

  test('without a key, an emulator running elsewhere is used with the demo app', () => {
    const url = 'http://127.0.0.1:9001'
    const { kakao } = readConfig({ KAKAO_KAUTH_URL: `${url}/`, KAKAO_KAPI_URL: url })

    expect(kakao).toMatchObject({
      restApiKey: 'demo-rest-api-key',
      kauthUrl: url,
      kapiUrl: url,
      startEmulator: false,
    })
  })

  test('without a key, no other host is ever sent the demo app', () => {
    const url = 'https://kakao.example'
    expect(blamedIn({ KAKAO_KAUTH_URL: url, KAKAO_KAPI_URL: url })).toContain('KAKAO_REST_API_KEY')
  })

  test('a client secret without its key is refused: the demo app has another', () => {
    const [line] = problemsOf({ KAKAO_CLIENT_SECRET_KEY: 'of-our-own' })
    expect(line).toBe('KAKAO_CLIENT_SECRET_KEY: must be set together with KAKAO_REST_API_KEY')
    expect(problemsOf({ KAKAO_CLIENT_SECRET_KEY: 'demo-client-secret' })).toEqual([])
  })

  test('the ends of a range belong to it', () => {
    expect(readConfig({ PORT: '1', TRUST_PROXY: '0' })).toMatchObject({ port: 1, trustProxy: 0 })
    expect(readConfig({ PORT: '65535', TRUST_PROXY: '10' })).toMatchObject({
      port: 65_535,
      trustProxy: 10,
    })
  })

  test('a number may begin with zeros', () => {
    expect(readConfig({ PORT: '08000' }).port).toBe(8000)
  })

  test('an empty variable is as good as unset', () => {
    expect(readConfig({ PORT: '', KAKAO_REST_API_KEY: ' ' }).kakao.startEmulator).toBe(true)
  })
})

describe('in production', () => {
  test('a key, https and a random secret are enough', () => {
    expect(readConfig(PRODUCTION)).toMatchObject({
      production: true,
      host: '0.0.0.0',
      publicUrl: 'https://service.example',
      kakao: { startEmulator: false },
    })
  })

  test.each(['prod', 'Production', 'PRODUCTION', 'staging', 'live'])(
    'NODE_ENV=%s is refused: it would be held to no rule of production',
    (NODE_ENV) => {
      expect(problemsOf({ NODE_ENV })).toEqual([
        'NODE_ENV: must be one of production, development, test',
      ])
    },
  )

  test.each(['development', 'test', ''])('NODE_ENV=%s is none', (NODE_ENV) => {
    expect(readConfig({ NODE_ENV }).production).toBe(false)
  })

  test('all problems are told at once, each beginning with its variable', () => {
    const lines = problemsOf({
      NODE_ENV: 'production',
      KAKAO_REDIRECT_URI: 'http://service.example/oauth/kakao/login/callback/',
      PORT: 'eighty',
      SESSION_TTL: '30 days',
    })

    expect(lines.map((line) => line.slice(0, line.indexOf(':'))).sort()).toEqual([
      'KAKAO_REDIRECT_URI',
      'KAKAO_REST_API_KEY',
      'PORT',
      'SECRET_KEY',
      'SESSION_TTL',
    ])
  })

  test.each([
    'short',
    'change-me-change-me-change-me-change-me',
    'django-insecure-Xk29sLmQpW84rTzVbN31',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  ])('the secret %j is refused, and never shown', (secret) => {
    const lines = problemsOf({ ...PRODUCTION, SECRET_KEY: secret })

    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^SECRET_KEY: /)
    expect(lines[0]).not.toContain(secret)
  })

  test.each([
    'change_me',
    'Change-Me',
    'changeme',
    'replace-me',
    'example',
    'placeholder',
    'secret_key',
    'secretkey',
    'your-secret',
    'PASSWORD',
    'insecure',
    '0123456789',
    'abcdefghij',
  ])('a secret with %s in it is an example, be it an old one', (word) => {
    const random = PRODUCTION.SECRET_KEY
    const problem = 'SECRET_KEY: must be random: it looks like an example'
    expect(problemsOf({ ...PRODUCTION, SECRET_KEY: random + word })).toEqual([problem])
    expect(problemsOf({ ...PRODUCTION, SECRET_KEY: `${random},${word}${random}` })).toEqual([
      problem,
    ])
    expect(problemsOf({ SECRET_KEY: random + word })).toEqual([])
  })

  test('a secret of 32 characters will do, ten of them different, and one less will not', () => {
    const accepted = [PRODUCTION.SECRET_KEY.slice(0, 32), 'qwertyuiop'.padEnd(32, 'q')]
    for (const SECRET_KEY of accepted) {
      expect(SECRET_KEY).toHaveLength(32)
      expect(problemsOf({ ...PRODUCTION, SECRET_KEY })).toEqual([])
      expect(blamedIn({ ...PRODUCTION, SECRET_KEY: SECRET_KEY.slice(1) })).toEqual(['SECRET_KEY'])
    }
    expect(blamedIn({ ...PRODUCTION, SECRET_KEY: 'qwertyuio'.padEnd(32, 'q') })).toEqual([
      'SECRET_KEY',
    ])
  })

  test.each(['http://kauth.kakao.com', 'http://localhost:8001', 'https://127.0.0.1:8001'])(
    'Kakao at %s is refused',
    (url) => {
      const environment = { ...PRODUCTION, KAKAO_KAUTH_URL: url, KAKAO_KAPI_URL: url }
      expect(blamedIn(environment)).toEqual(['KAKAO_KAUTH_URL', 'KAKAO_KAPI_URL'])
    },
  )

  test('ALLOW_EMULATOR admits http and loopback, for rehearsals', () => {
    const environment = {
      ...PRODUCTION,
      ALLOW_EMULATOR: 'true',
      KAKAO_REDIRECT_URI: 'http://localhost:8000/oauth/kakao/login/callback/',
      KAKAO_KAUTH_URL: 'http://localhost:8001',
      KAKAO_KAPI_URL: 'http://localhost:8001',
    }
    expect(problemsOf(environment)).toEqual([])
  })
})

describe('each bad value is named', () => {
  test.each([
    [{ KAKAO_OIDC: 'yes' }, 'KAKAO_OIDC'],
    [{ KAKAO_PKCE: 'true' }, 'KAKAO_PKCE'],
    [{ KAKAO_REDIRECT_URI: 'not a url' }, 'KAKAO_REDIRECT_URI'],
    [{ KAKAO_REDIRECT_URI: 'http://localhost:3000/callback' }, 'KAKAO_REDIRECT_URI'],
    [
      { KAKAO_REDIRECT_URI: 'http://u:p@localhost/oauth/kakao/login/callback/' },
      'KAKAO_REDIRECT_URI',
    ],
    [{ KAKAO_SCOPES: 'account_email,이메일' }, 'KAKAO_SCOPES'],
    [{ KAKAO_KAUTH_URL: 'http://localhost:8001', KAKAO_REST_API_KEY: 'k' }, 'KAKAO_KAPI_URL'],
    [{ PUBLIC_URL: 'https://service.example/path' }, 'PUBLIC_URL'],
    [{ APP_ORIGINS: 'https://app.example,*' }, 'APP_ORIGINS'],
    [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://localhost/x' }, 'SECRET_KEY'],
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '8e3' }, 'PORT'],
    [{ PORT: '0x1f40' }, 'PORT'],
    [{ PORT: '８０００' }, 'PORT'],
    [{ PORT: '9'.repeat(400) }, 'PORT'],
    [{ TRUST_PROXY: '11' }, 'TRUST_PROXY'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY'],
    [{ KAKAO_APP_ID: 'my-app' }, 'KAKAO_APP_ID'],
    [{ KAKAO_TOKENS: 'yes' }, 'KAKAO_TOKENS'],
    [{ KAKAO_NATIVE_NONCE: 'none' }, 'KAKAO_NATIVE_NONCE'],
    [{ ALLOW_UNBOUND_RELAY: 'TRUE' }, 'ALLOW_UNBOUND_RELAY'],
    [{ ALLOW_EMULATOR: 'yes' }, 'ALLOW_EMULATOR'],
    [{ DATABASE_POOL_SIZE: '1001' }, 'DATABASE_POOL_SIZE'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ SESSIONS_PER_USER: '0' }, 'SESSIONS_PER_USER'],
    [{ KAKAO_MAX_CALLS: '0' }, 'KAKAO_MAX_CALLS'],
    [{ KAKAO_MAX_CALLS: '10001' }, 'KAKAO_MAX_CALLS'],
    [{ SESSION_TTL: '0' }, 'SESSION_TTL'],
    [{ LOGIN_ATTEMPT_TTL: '10' }, 'LOGIN_ATTEMPT_TTL'],
    [{ ALLOW_ID_ONLY_LOGIN: '1' }, 'ALLOW_ID_ONLY_LOGIN'],
    [{ KAKAO_REQUIRED_CONSENTS: 'account_email;gender' }, 'KAKAO_REQUIRED_CONSENTS'],
  ])('%o', (environment, variable) => {
    expect(blamedIn(environment)).toEqual([variable])
  })
})

describe('every duration has a range, which the refusal tells', () => {
  const ranges: Record<string, readonly [least: string, most: string]> = {
    ACCESS_TOKEN_TTL: ['1s', '1d'],
    KAKAO_TIMEOUT: ['10ms', '5m'],
    LOGIN_ATTEMPT_TTL: ['1s', '1d'],
    LOGIN_CODE_TTL: ['1s', '10m'],
    PROFILE_MAX_AGE: ['0', '10y'],
    REFRESH_GRACE: ['0', '60s'],
    REFRESH_TOKEN_MAX: ['1s', '10y'],
    REFRESH_TOKEN_TTL: ['1s', '10y'],
    SESSION_MAX: ['1s', '10y'],
    SESSION_TTL: ['1s', '10y'],
    STORE_TIMEOUT: ['10ms', '5m'],
  }

  test.each(Object.entries(ranges))('%s', (variable, [least, most]) => {
    const refusals = ['999999999y', ...(least === '0' ? [] : ['0', '1ms'])].map((duration) =>
      problemsOf({ [variable]: duration }),
    )

    expect(problemsOf({ [variable]: least })).toEqual([])
    expect(problemsOf({ [variable]: most })).toEqual([])
    for (const lines of refusals) {
      expect(lines).toEqual([expect.stringContaining(`${variable}: `)])
      expect(lines[0]).toContain(`from ${least} to ${most}`)
    }
  })

  test('a second beyond it is too much', () => {
    expect(problemsOf({ LOGIN_ATTEMPT_TTL: '86401s', REFRESH_GRACE: '61s' })).toHaveLength(2)
  })
})

test('lists may have blanks, scopes may be separated by either', () => {
  const config = readConfig({
    APP_ORIGINS: ' https://app.example , https://www.example/ ',
    KAKAO_SCOPES: 'profile_nickname account_email,gender',
  })

  expect(config.appOrigins).toEqual(['https://app.example', 'https://www.example'])
  expect(config.kakao.scopes).toEqual(['profile_nickname', 'account_email', 'gender'])
})

describe('a list', () => {
  test.each(['old,new,', 'old,new, ,', 'old , new,,'])(
    '%j may end in commas',
    (KAKAO_ADMIN_KEY) => {
      expect(readConfig({ KAKAO_ADMIN_KEY }).kakao.adminKeys).toEqual(['old', 'new'])
    },
  )

  test.each([',', ' , ,'])('%j is as good as unset', (KAKAO_SCOPES) => {
    expect(readConfig({ KAKAO_SCOPES }).kakao.scopes).toEqual([])
  })

  test.each([',old', 'new,,old'])('%j would lose its order', (KAKAO_ADMIN_KEY) => {
    expect(problemsOf({ KAKAO_ADMIN_KEY })).toEqual([
      'KAKAO_ADMIN_KEY: has an empty entry before a comma',
    ])
  })
})

describe('a key of Kakao goes into headers and addresses', () => {
  test.each([
    'KAKAO_REST_API_KEY',
    'KAKAO_CLIENT_SECRET_KEY',
    'KAKAO_ADMIN_KEY',
    'KAKAO_NATIVE_APP_KEY',
    'KAKAO_JAVASCRIPT_KEY',
  ])('%s', (variable) => {
    const key = { KAKAO_REST_API_KEY: 'rest-key' }
    for (const value of ['“quoted”', 'a b', 'zero\u200bwidth', '키', 'x'.repeat(1001)]) {
      expect(problemsOf({ ...key, [variable]: value })).toEqual([
        `${variable}: must be at most 1000 ASCII characters, without spaces`,
      ])
    }
    expect(problemsOf({ ...key, [variable]: '!'.repeat(1000) })).toEqual([])
  })
})

describe('what no value may have', () => {
  test.each(['"', "'", '`'])('%s around it, which other tools leave there', (quote) => {
    expect(problemsOf({ TOKEN_AUDIENCE: `${quote}https://api.example${quote}` })).toEqual([
      'TOKEN_AUDIENCE: is in quotes: leave them out, they are not part of it',
    ])
    for (const value of [
      `api${quote}`,
      `${quote}api`,
      `${quote}a${quote}pi`,
      `a${quote}pi${quote}`,
    ]) {
      expect(problemsOf({ TOKEN_AUDIENCE: value })).toEqual([])
    }
  })

  test.each(['one\ntwo', 'one\rtwo', 'one\ttwo', 'one\0two', 'one\x7ftwo'])('%j', (value) => {
    expect(problemsOf({ TOKEN_AUDIENCE: value })).toEqual([
      'TOKEN_AUDIENCE: has a line break or another control character in it',
    ])
  })

  test('blanks around a value do not count', () => {
    expect(readConfig({ TOKEN_AUDIENCE: ' \u00a0api\r\n' }).tokens.audience).toBe('api')
  })
})

test('a problem is told once, however often its variable is read', () => {
  expect(problemsOf({ KAKAO_REST_API_KEY: '"k"' })).toEqual([
    'KAKAO_REST_API_KEY: is in quotes: leave them out, they are not part of it',
  ])
})

test('no refusal shows a value', () => {
  const looked = new Set<string>()
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get(_target, name) {
        looked.add(String(name))
        return '"SENTINEL\n,,대문"'
      },
    },
  )
  const lines = problemsOf(environment)

  expect(lines.length).toBeGreaterThan(40)
  for (const line of lines) expect(looked).toContain(line.slice(0, line.indexOf(':')))
  expect(lines.join()).not.toMatch(/SENTINEL|대문/)
})

test('what is set but not read by this version is named', () => {
  expect(readConfig({ ADMIN_TOKEN: 'a', ADMIN_SOCIAL_IDS: 'b' }).unread).toEqual([
    'ADMIN_SOCIAL_IDS',
    'ADMIN_TOKEN',
  ])
})
