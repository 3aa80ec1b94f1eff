import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/index.ts'
import { problemsOf } from './_support/problems.ts'

const SECRET_KEY = 'a secret for tests'

describe('DATABASE_LISTEN_URL', () => {
  const DATABASE_URL = 'postgres://pooler/daemun'

  test('is where PostgreSQL is listened to, by default where the store is', () => {
    const DATABASE_LISTEN_URL = 'postgres://db.example/daemun'
    const environment = { DATABASE_URL, SECRET_KEY }

    expect(readConfig(environment).store.listenUrl).toBe(DATABASE_URL)
    expect(readConfig({ ...environment, DATABASE_LISTEN_URL }).store.listenUrl).toBe(
      DATABASE_LISTEN_URL,
    )
  })

  test('is a PostgreSQL, and not shown', () => {
    const DATABASE_LISTEN_URL = 'sqlite:data/daemun.db'
    expect(problemsOf({ DATABASE_URL, DATABASE_LISTEN_URL, SECRET_KEY })).toEqual([
      'DATABASE_LISTEN_URL: must be postgres://…, special characters of a password percent-encoded',
    ])
  })

  test('beside SQLite is pointed out', () => {
    const { warnings } = readConfig({ DATABASE_LISTEN_URL: DATABASE_URL })
    expect(warnings).toEqual([
      { variable: 'DATABASE_LISTEN_URL', problem: 'has no effect with SQLite' },
    ])
  })
})

describe('DATABASE_URL', () => {
  test.each([
    'sqlite:data/daemun.db',
    'sqlite:/var/lib/daemun.db',
    'sqlite:///var/lib/daemun.db',
    'sqlite::memory:',
    'sqlite:데이터 #1.db',
    'postgres://localhost/daemun',
    'postgresql://user:p%23ss@db.example:5432/daemun?sslmode=require',
    'postgres://user@%2Fvar%2Frun/daemun',
    'postgres://user:password@/daemun?host=/var/run',
    'postgres:///daemun',
  ])('%s is taken', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL, SECRET_KEY }).store.url).toBe(DATABASE_URL)
  })

  test.each([
    'sqlite:',
    'sqlite://data/daemun.db',
    'sqlite:file:data/daemun.db',
    'data/daemun.db',
    'file:sqlite:data/daemun.db',
    'xpostgres://localhost/daemun',
    'postgres://',
    'postgres:localhost',
    'POSTGRES://localhost/daemun',
    'mysql://localhost/daemun',
    'postgres://user:pa#ss@localhost/daemun',
    'postgres://user:1234#5@localhost/daemun',
    'postgres://user:pa/ss@localhost/daemun',
    'postgres://localhost:port/daemun',
  ])('%s is refused, and not shown', (DATABASE_URL) => {
    expect(problemsOf({ DATABASE_URL, SECRET_KEY })).toEqual([
      'DATABASE_URL: must be sqlite:PATH or postgres://…, special characters of a password percent-encoded',
    ])
  })

  test.each(['schema=daemun', 'sslmode=require&search_path=daemun', 'currentSchema=daemun'])(
    'with ?%s is refused: all would be in another schema',
    (query) => {
      const DATABASE_URL = `postgres://localhost/daemun?${query}`
      expect(problemsOf({ DATABASE_URL, SECRET_KEY })).toEqual([
        'DATABASE_URL: names a schema as PostgreSQL does not: write ?options=-c%20search_path%3DNAME',
      ])
    },
  )

  test('may name a schema as PostgreSQL does', () => {
    const DATABASE_URL = 'postgres://localhost/daemun?options=-c%20search_path%3Ddaemun'
    expect(readConfig({ DATABASE_URL, SECRET_KEY }).store.url).toBe(DATABASE_URL)
  })
})
