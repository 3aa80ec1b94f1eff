import type { PublicJwk, SigningKey } from '../../jose/index.ts'
import { getPooledKey } from './key-pool.ts'

/** The signing keys of one emulator. */
export interface KeyRing {
  /** The key that signs now. */
  signingKey(): Promise<SigningKey>
  /** Every published key; Kakao always publishes several. */
  publicKeys(): Promise<PublicJwk[]>
}

/**
 * Creates the keys of an emulator. Their ids are always truly random, unlike codes and tokens: two
 * emulators given the same source of randomness must not accept each other's tokens.
 */
export function createKeyRing(): KeyRing {
  const signingKid = crypto.randomUUID()
  const spareKid = crypto.randomUUID()

  return {
    signingKey: () => getKey(0, signingKid),

    async publicKeys() {
      const keys = await Promise.all([getKey(0, signingKid), getKey(1, spareKid)])
      return keys.map(({ publicJwk }) => publicJwk)
    },
  }
}

async function getKey(index: number, kid: string): Promise<SigningKey> {
  const { privateKey, publicJwk } = await getPooledKey(index)
  return { kid, privateKey, publicJwk: { ...publicJwk, kid } }
}
