import type { Db } from '../db/index.ts'
import { listSigningKeys, type StoredSigningKey } from './signing-key-store.ts'

/** The keys in the store, kept in memory for a few seconds. */
export interface StoredKeys {
  /** All, those that sign last first. */
  list(): Promise<readonly StoredSigningKey[]>
  /** Those that may be met in a token that is still good, and the one to come. */
  listPublished(): Promise<readonly StoredSigningKey[]>
  /** One that is unknown may have been made by another instance this very moment. */
  findPublished(kid: string): Promise<StoredSigningKey | undefined>
  /** Looks into the store the next time. */
  forget(): void
}

/** How soon a running instance knows of a key that another has made. */
const RELOAD_MS = 5000

export function createStoredKeys({
  db,
  accessTtlMs,
  now,
}: {
  db: Db
  accessTtlMs: number
  now: () => Date
}): StoredKeys {
  let loaded: { at: number; keys: Promise<StoredSigningKey[]> } | undefined

  async function list(): Promise<readonly StoredSigningKey[]> {
    const at = now().getTime()
    // A clock set back must not keep old keys for long.
    if (loaded === undefined || Math.abs(at - loaded.at) >= RELOAD_MS) {
      loaded = { at, keys: listSigningKeys(db) }
      loaded.keys.catch(forget)
    }
    return await loaded.keys
  }

  async function listPublished(): Promise<readonly StoredSigningKey[]> {
    return withoutExpired(await list(), now(), accessTtlMs)
  }

  async function find(kid: string): Promise<StoredSigningKey | undefined> {
    return (await listPublished()).find((key) => key.kid === kid)
  }

  function forget(): void {
    loaded = undefined
  }

  return {
    list,
    listPublished,
    forget,

    async findPublished(kid) {
      const known = await find(kid)
      if (known === undefined) forget()
      return known ?? (await find(kid))
    },
  }
}

/**
 * A key is kept until the last token it signed has expired: one of its successor's turn, by an
 * instance that had not heard of that yet.
 *
 * @param keys Those that sign last first.
 */
function withoutExpired(
  keys: readonly StoredSigningKey[],
  now: Date,
  accessTtlMs: number,
): readonly StoredSigningKey[] {
  return keys.filter((_key, index) => {
    const successor = keys[index - 1]
    if (successor === undefined) return true
    return successor.signsFrom.getTime() + RELOAD_MS + accessTtlMs > now.getTime()
  })
}
