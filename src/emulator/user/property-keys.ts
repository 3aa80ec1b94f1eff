import { readTextList } from '../json-parameter.ts'
import type { App } from '../state/apps.ts'
import type { Switches } from '../switches.ts'
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

/** Not in Kakao's table of keys, though the values are in that of the answer. */
const UNLISTED_KEYS = ['birthyear', 'phone_number', 'ci'].map((key) => `kakao_account.${key}`)

/** Which parts of an answer about a person were asked for, by key such as `kakao_account.email`. */
export type Wants = (key: string) => boolean

/**
 * Reads `property_keys`, a JSON list in one parameter. A key that ends in a dot means all below it.
 *
 * @returns `undefined` where the parameter was not sent.
 * @throws {KapiError} -2: not a JSON list of text. -201: a key that the app has not.
 */
export function findPropertyKeys(
  parameters: URLSearchParams,
  { id, settings }: App,
  switches: Switches,
): Wants | undefined {
  const keys = readTextList(parameters, 'property_keys')
  if (keys === undefined) return undefined
  const ownKeys = settings.user_properties.map((key) => `properties.${key}`)
  const known = new Set([...KNOWN_KEYS, ...ownKeys])
  if (!switches.unlisted_property_keys) for (const key of UNLISTED_KEYS) known.delete(key)
  const unknown = keys.filter((key) => !known.has(key))
  if (unknown.length > 0) throw unknownProperties(unknown, id)
  return (key) =>
    keys.some((asked) => (asked.endsWith('.') ? key.startsWith(asked) : key === asked))
}
