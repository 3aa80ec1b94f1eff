import { importJwkSet, type Keys } from '../jose/index.ts'
import { readLimitedText } from '../limited-text.ts'
import { KeysUnavailableError } from './errors.ts'

export interface FetchKeysOptions {
  readonly url: string
  readonly fetch: typeof fetch
  readonly timeoutMs: number
}

/** A set of two keys takes about 1 KB. */
const LIMIT_BYTES = 64 * 1024

/**
 * Fetches the keys that an issuer publishes.
 *
 * @throws {KeysUnavailableError} No answer, or no usable key in it; `cause` says more.
 */
export async function fetchKeys(options: FetchKeysOptions): Promise<Keys> {
  const keys = await importJwkSet(await fetchJson(options), () => {})
  if (keys.size === 0) throw new KeysUnavailableError()
  return keys
}

async function fetchJson({ url, fetch, timeoutMs }: FetchKeysOptions): Promise<unknown> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
    const text = await readLimitedText(response.body, LIMIT_BYTES)
    if (response.ok && text !== undefined) return JSON.parse(text)
  } catch (cause) {
    throw new KeysUnavailableError({ cause })
  }
  throw new KeysUnavailableError()
}
