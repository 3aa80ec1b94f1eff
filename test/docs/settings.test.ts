import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../src/config/index.ts'
import { findAll, READMES, readDocument, readSettings } from './_support/documents.ts'

const exampleText = readDocument('.env.example')
const example = parseEnv(exampleText)

/** Every variable that the configuration looks at. */
function findLookedAt(): string[] {
  const names = new Set<string>()
  const environment = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_target, name) {
        names.add(String(name))
        return undefined
      },
    },
  )
  readConfig(environment)
  return [...names]
}

/** Whether setting a variable does anything. */
function hasEffect(name: string): boolean {
  try {
    return !readConfig({ [name]: 'anything' }).unread.includes(name)
  } catch (error) {
    return error instanceof ConfigError
  }
}

const settings = findLookedAt().filter(hasEffect).sort()

/** Some are there as a comment: an empty one would undo what an image or a unit sets. */
const exampleNames = findAll(exampleText, /^#?([A-Z][A-Z_]+)=/gm)

test('.env.example names every variable that is read, and no other', () => {
  expect(settings).toContain('KAKAO_REST_API_KEY')
  expect(settings).not.toContain('ADMIN_TOKEN')
  expect(exampleNames).toEqual(settings)
})

test('.env.example changes nothing when copied as it is', () => {
  expect(readConfig(example)).toEqual(readConfig({}))
})

test('.env.example holds no secret', () => {
  expect(example).toMatchObject({
    KAKAO_REST_API_KEY: '',
    KAKAO_CLIENT_SECRET_KEY: '',
    SECRET_KEY: '',
  })
})

describe.each(READMES)('the settings table of %s', (name) => {
  const rows = readSettings(readDocument(name))

  test('names every variable that is read once, and no other', () => {
    expect(rows.map((row) => row.name).sort()).toEqual(settings)
  })

  test('gives the true defaults', () => {
    const defaults = rows.flatMap((row) => (row.fallback ? [[row.name, row.fallback]] : []))
    const key = { KAKAO_REST_API_KEY: 'so-that-Kakao-itself-is-meant' }

    expect(defaults.length).toBeGreaterThan(15)
    expect(readConfig({ ...key, ...Object.fromEntries(defaults) })).toEqual(readConfig(key))
  })
})
