import { importJwkSet, type Keys } from '../jose/index.ts'
import { KeysUnavailableError } from './errors.ts'

export interface FetchKeysOptions {
  readonly url: string
  readonly fetch: typeof fetch
  readonly timeoutMs: number
}

/**
 * Fetches the keys that an issuer publishes.
 *
 * @throws {KeysUnavailableError} No answer, or no usable key in it; `cause` says more.
 */
export async function fetchKeys({ url, fetch, timeoutMs }: FetchKeysOptions): Promise<Keys> {
  const keys = await importJwkSet(await fetchJson(url, fetch, timeoutMs), () => {})
  if (keys.size === 0) throw new KeysUnavailableError()
  return keys
}

async function fetchJson(url: string, fetch: FetchKeysOptions['fetch'], timeoutMs: number) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
    if (response.ok) return (await response.json()) as unknown
  } catch (cause) {
    throw new KeysUnavailableError({ cause })
  }
  throw new KeysUnavailableError()
}
