import type { Db } from '../db/index.ts'
import {
  encodeBase64url,
  exportPrivateKey,
  generateSigningKey,
  importSigningKey,
  importVerifyKey,
  type PrivateJwk,
  type PublicJwk,
  type SigningKey,
} from '../jose/index.ts'
import type { Sealer } from '../jose/seal.ts'
import {
  insertSigningKey,
  listSigningKeys,
  removeSigningKeys,
  type StoredSigningKey,
} from './signing-key-store.ts'

export interface SigningKeysDeps {
  readonly db: Db
  readonly sealer: Sealer
  readonly accessTtlMs: number
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

type VerifyKey = NonNullable<Awaited<ReturnType<typeof importVerifyKey>>>

/** The keys that sign our access tokens, shared by all instances through the store. */
export interface SigningKeys {
  /** The key that signs now; the first is made when first asked for. */
  getCurrent(): Promise<SigningKey>
  /** All that may be met in a token that is still good, and the one to come. */
  listPublished(): Promise<readonly PublicJwk[]>
  findVerifyKey(kid: string): Promise<VerifyKey | undefined>
  /**
   * Makes the next key. Everybody knows it by the time it signs.
   *
   * @param now Whether it signs at once, as after a leak.
   */
  rotate(options: { now: boolean }): Promise<string>
}

/** How soon a running instance knows of a key that another has made. */
const RELOAD_MS = 5000
/** Longer than others keep the published set (`max-age=300`), so that all know the key in time. */
export const PUBLISH_AHEAD_MS = 10 * 60_000

export function createSigningKeys(deps: SigningKeysDeps): SigningKeys {
  const { db, now, sealer, randomBytes, accessTtlMs } = deps
  const verifyKeys = new Map<string, Promise<VerifyKey | undefined>>()
  const signingKeys = new Map<string, Promise<SigningKey>>()
  let loaded: { at: number; keys: Promise<StoredSigningKey[]> } | undefined

  async function load(): Promise<StoredSigningKey[]> {
    const at = now().getTime()
    // A clock set back must not keep old keys for long.
    if (loaded === undefined || Math.abs(at - loaded.at) >= RELOAD_MS) {
      loaded = { at, keys: listSigningKeys(db) }
      loaded.keys.catch(() => {
        loaded = undefined
      })
    }
    return await loaded.keys
  }

  async function findPublished(kid: string): Promise<StoredSigningKey | undefined> {
    const { published } = sortOut(await load(), now(), accessTtlMs)
    return published.find((key) => key.kid === kid)
  }

  /** One that is unknown may have been made by another instance this very moment. */
  async function findPublishedAnywhere(kid: string): Promise<StoredSigningKey | undefined> {
    const known = await findPublished(kid)
    if (known !== undefined) return known
    loaded = undefined
    return await findPublished(kid)
  }

  async function create(signsFrom: Date): Promise<StoredSigningKey> {
    const key = await generateSigningKey(encodeBase64url(randomBytes(9)))
    const sealedPrivateJwk = sealer.seal(JSON.stringify(await exportPrivateKey(key)))
    const stored = { kid: key.kid, publicJwk: key.publicJwk, sealedPrivateJwk, signsFrom }
    await insertSigningKey(db, stored)
    loaded = undefined
    return stored
  }

  let creatingFirst: Promise<StoredSigningKey> | undefined
  async function getStoredCurrent(): Promise<StoredSigningKey> {
    const due = (await load()).filter(({ signsFrom }) => signsFrom <= now())
    // One sealed under a secret that is gone signs no more; what it signed can still be checked.
    const current = due.find(({ sealedPrivateJwk }) => sealer.open(sealedPrivateJwk) !== undefined)
    if (current !== undefined) return current
    creatingFirst ??= create(now()).finally(() => {
      creatingFirst = undefined
    })
    return await creatingFirst
  }

  function open({ publicJwk, sealedPrivateJwk }: StoredSigningKey): Promise<SigningKey> {
    const text = sealer.open(sealedPrivateJwk)
    if (text === undefined) throw new Error('a signing key was sealed under another SECRET_KEY')
    return importSigningKey(publicJwk, JSON.parse(text) as PrivateJwk)
  }

  return {
    async getCurrent() {
      const current = await getStoredCurrent()
      return await remember(signingKeys, current.kid, () => open(current))
    },

    async listPublished() {
      await getStoredCurrent()
      const { published } = sortOut(await load(), now(), accessTtlMs)
      return published.map(({ publicJwk }) => publicJwk)
    },

    async findVerifyKey(kid) {
      const key = await findPublishedAnywhere(kid)
      if (key === undefined) return undefined
      return await remember(verifyKeys, kid, () => importVerifyKey({ ...key.publicJwk }))
    },

    async rotate({ now: atOnce }) {
      const current = await getStoredCurrent()
      const { expired } = sortOut(await listSigningKeys(db), now(), accessTtlMs)
      await removeSigningKeys(
        db,
        expired.map(({ kid }) => kid),
      )
      const earliest = Math.max(now().getTime(), current.signsFrom.getTime() + 1)
      const signsFrom = atOnce ? earliest : earliest + PUBLISH_AHEAD_MS
      return (await create(new Date(signsFrom))).kid
    },
  }
}

async function remember<T>(
  cache: Map<string, Promise<T>>,
  kid: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = cache.get(kid) ?? make()
  cache.set(kid, known)
  return await known
}

/**
 * A key is kept until the last token it signed has expired: one of its successor's turn, by an
 * instance that had not heard of that yet.
 *
 * @param keys Those that sign last first.
 */
function sortOut(keys: readonly StoredSigningKey[], now: Date, accessTtlMs: number) {
  const isExpired = (_key: StoredSigningKey, index: number) => {
    const successor = keys[index - 1]
    if (successor === undefined) return false
    return successor.signsFrom.getTime() + RELOAD_MS + accessTtlMs <= now.getTime()
  }
  return {
    published: keys.filter((key, index) => !isExpired(key, index)),
    expired: keys.filter(isExpired),
  }
}
