import type { Keys } from './cached-keys.ts'
import { JoseError } from './errors.ts'
import { type CryptoKey, importVerifyKey } from './jwk.ts'

/**
 * Imports the usable keys of a JWK set. Entries for other uses are passed over; a broken one is
 * reported and passed over, since the others are still good.
 *
 * @param set What was fetched, not looked at yet. What is no set has no keys.
 * @see [RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517.html#section-5)
 */
export async function importJwkSet(set: unknown, onError: (error: Error) => void): Promise<Keys> {
  const keys = new Map<string, CryptoKey>()
  for (const entry of toEntries(set)) {
    const { kid } = entry
    const key = typeof kid === 'string' ? await findKey(entry, onError) : undefined
    if (typeof kid === 'string' && key !== undefined) keys.set(kid, key)
  }
  return keys
}

type Entry = { readonly [member: string]: unknown }

function toEntries(set: unknown): Entry[] {
  const keys = isEntry(set) ? set.keys : undefined
  return Array.isArray(keys) ? keys.filter(isEntry) : []
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null
}

async function findKey(
  entry: Entry,
  onError: (error: Error) => void,
): Promise<CryptoKey | undefined> {
  try {
    return await importVerifyKey(entry)
  } catch (error) {
    if (!(error instanceof JoseError)) throw error
    onError(error)
    return undefined
  }
}
