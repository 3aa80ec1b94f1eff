import { readTextList } from '../json-parameter.ts'
import type { App } from '../state/apps.ts'
import { ACCOUNT_ITEMS } from './account-items.ts'
import { unknownProperties } from './user-properties.ts'

const ACCOUNT_KEYS = ['profile', ...ACCOUNT_ITEMS.map(({ property }) => property)]
const PROPERTY_KEYS = ['nickname', 'profile_image', 'thumbnail_image']

const KNOWN_KEYS = [
  'id',
  'has_signed_up',
  'kakao_account.',
  'properties.',
  ...ACCOUNT_KEYS.map((key) => `kakao_account.${key}`),
  ...PROPERTY_KEYS.map((key) => `properties.${key}`),
]

/** Which parts of an answer about a person were asked for, by key such as `kakao_account.email`. */
export type Wants = (key: string) => boolean

/**
 * Reads `property_keys`, a JSON list in one parameter. A key that ends in a dot means all below it.
 *
 * @returns `undefined` where the parameter was not sent.
 * @throws {KapiError} -2: not a JSON list of text. -201: a key that the app has not.
 */
export function findPropertyKeys(parameters: URLSearchParams, app: App): Wants | undefined {
  const keys = readTextList(parameters, 'property_keys')
  if (keys === undefined) return undefined
  const ownKeys = app.settings.user_properties.map((key) => `properties.${key}`)
  const unknown = keys.filter((key) => !KNOWN_KEYS.includes(key) && !ownKeys.includes(key))
  if (unknown.length > 0) throw unknownProperties(unknown, app.id)
  return (key) =>
    keys.some((asked) => (asked.endsWith('.') ? key.startsWith(asked) : key === asked))
}
