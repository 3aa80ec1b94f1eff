import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../..')

export const READMES = ['README.md', 'README.en.md'] as const
export const KAKAO_WEBHOOKS = ['docs/kakao-webhooks.md', 'docs/kakao-webhooks.en.md'] as const
export const WAYS_IN = ['docs/ways-in.md', 'docs/ways-in.en.md'] as const

export const STORE = ['docs/store.md', 'docs/store.en.md'] as const
export const EMULATOR = ['docs/emulator.md', 'docs/emulator.en.md'] as const
export const ACCOUNT_LIFE = ['docs/account-life.md', 'docs/account-life.en.md'] as const
export const PRODUCTION = ['docs/production.md', 'docs/production.en.md'] as const
export const EVENTS = ['docs/events.md', 'docs/events.en.md'] as const
/** Every page that there is in Korean and in English. */
export const PAGES = [
  READMES,
  WAYS_IN,
  ACCOUNT_LIFE,
  KAKAO_WEBHOOKS,
  EMULATOR,
  STORE,
  EVENTS,
  PRODUCTION,
] as const

/** The place of a file of the repository. */
export function toPath(name: string): string {
  return resolve(ROOT, name)
}

export function readDocument(name: string): string {
  return readFileSync(toPath(name), 'utf8')
}

/** What a pattern's first group finds, without repeats and sorted. */
export function findAll(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))].sort()
}

/** A row of a settings table. */
export interface SettingRow {
  readonly name: string
  /** Absent where there is none, or one that words have to describe. */
  readonly fallback: string | undefined
}

/** The rows of a README's settings table. */
export function readSettings(readme: string): SettingRow[] {
  const rows = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \| ([^|]+) \|/gm)]
  return rows.map(([, name = '', cell = '']) => ({ name, fallback: /^`([^`]+)`$/.exec(cell)?.[1] }))
}
