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
  opensNewest,
  removeSigningKeys,
  type StoredSigningKey,
} from './signing-key-store.ts'
import { createStoredKeys } from './stored-keys.ts'

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
  /** Whether our secrets open the newest one; without any there is nothing to open. */
  canOpenNewest(): Promise<boolean>
  findVerifyKey(kid: string): Promise<VerifyKey | undefined>
  /**
   * Makes the next key. Everybody knows it by the time it signs.
   *
   * @param now Whether it signs at once, as after a leak.
   */
  rotate(options: { now: boolean }): Promise<string>
}

/** Longer than others keep the published set (`max-age=300`), so that all know the key in time. */
const PUBLISH_AHEAD_MS = 10 * 60_000

export function createSigningKeys(deps: SigningKeysDeps): SigningKeys {
  const { db, now, sealer, randomBytes } = deps
  const stored = createStoredKeys(deps)
  const verifyKeys = new Map<string, Promise<VerifyKey | undefined>>()
  const signingKeys = new Map<string, Promise<SigningKey>>()

  async function create(signsFrom: Date): Promise<StoredSigningKey> {
    const key = await generateSigningKey(encodeBase64url(randomBytes(9)))
    const sealedPrivateJwk = sealer.seal(JSON.stringify(await exportPrivateKey(key)))
    const made = { kid: key.kid, publicJwk: key.publicJwk, sealedPrivateJwk, signsFrom }
    await insertSigningKey(db, made)
    stored.forget()
    return made
  }

  /** One sealed under a secret that is gone signs no more; what it signed can still be checked. */
  function isOurs({ kid, sealedPrivateJwk }: StoredSigningKey): boolean {
    return signingKeys.has(kid) || sealer.open(sealedPrivateJwk) !== undefined
  }

  let creatingFirst: Promise<StoredSigningKey> | undefined
  async function getStoredCurrent(): Promise<StoredSigningKey> {
    const due = (await stored.list()).filter(({ signsFrom }) => signsFrom <= now())
    const current = due.find(isOurs)
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

  async function removeExpired(): Promise<void> {
    stored.forget()
    const kept = new Set(await stored.listPublished())
    const expired = (await stored.list()).filter((key) => !kept.has(key))
    await removeSigningKeys(
      db,
      expired.map(({ kid }) => kid),
    )
  }

  return {
    async getCurrent() {
      const current = await getStoredCurrent()
      return await remember(signingKeys, current.kid, () => open(current))
    },

    async listPublished() {
      await getStoredCurrent()
      return (await stored.listPublished()).map(({ publicJwk }) => publicJwk)
    },

    async canOpenNewest() {
      return opensNewest(await stored.list(), sealer)
    },

    async findVerifyKey(kid) {
      const key = await stored.findPublished(kid)
      if (key === undefined) return undefined
      return await remember(verifyKeys, kid, () => importVerifyKey({ ...key.publicJwk }))
    },

    async rotate({ now: atOnce }) {
      const current = await getStoredCurrent()
      await removeExpired()
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
