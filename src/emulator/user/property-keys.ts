import { KapiError } from '../errors/kapi-error.ts'
import type { App } from '../state/apps.ts'
import { ACCOUNT_ITEMS } from './account-items.ts'

const ACCOUNT_KEYS = ['profile', ...ACCOUNT_ITEMS.map(({ property }) => property)]
const PROPERTY_KEYS = ['nickname', 'profile_image', 'thumbnail_image']

const KNOWN_KEYS = new Set([
  'id',
  'has_signed_up',
  'kakao_account.',
  'properties.',
  ...ACCOUNT_KEYS.map((key) => `kakao_account.${key}`),
  ...PROPERTY_KEYS.map((key) => `properties.${key}`),
])

/**
 * Reads `property_keys`, a JSON array in one parameter. A key that ends in a dot means all below it.
 *
 * @returns Whether a key was asked for; without the parameter each was.
 * @throws {KapiError} -2: not a JSON array of text. -201: a key that the app has not.
 */
export function readPropertyKeys(text: string | null, app: App): (key: string) => boolean {
  if (text === null || text === '') return () => true
  const keys = parseTextArray(text)
  const unknown = keys.filter((key) => !KNOWN_KEYS.has(key))
  if (unknown.length > 0) {
    const msg = `user property not found ([${unknown.join(', ')}] for appId=${app.id})`
    throw new KapiError(-201, { msg })
  }
  return (key) =>
    keys.some((asked) => (asked.endsWith('.') ? key.startsWith(asked) : key === asked))
}

function parseTextArray(text: string): string[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new KapiError(-2)
  }
  if (!Array.isArray(value) || !value.every((key) => typeof key === 'string')) {
    throw new KapiError(-2)
  }
  return value
}
