import type { PublicJwk, SigningKey } from '../../jose/index.ts'
import { getPooledKey } from './key-pool.ts'

/** The signing keys of one emulator. */
export interface KeyRing {
  /** The key that signs now. */
  signingKey(): Promise<SigningKey>
  /** Every published key; Kakao always publishes several. */
  publicKeys(): Promise<PublicJwk[]>
  /** A key of that name that the emulator holds but has never published as such. */
  foreignKey(kid: string): Promise<SigningKey>
  /** From now on a new key signs; the old ones stay published. */
  rotate(): void
  /** Back to the keys of the beginning. */
  reset(): void
}

/**
 * Creates the keys of an emulator. Their ids are always truly random, unlike codes and tokens: two
 * emulators given the same source of randomness must not accept each other's tokens.
 */
export function createKeyRing(): KeyRing {
  // The first signs, the second waits.
  const first = [crypto.randomUUID(), crypto.randomUUID()]
  let signing = 0
  let kids = [...first]
  const published = () => kids.map((kid, place) => getKey(toPoolIndex(place), kid))

  return {
    signingKey: () => getKey(toPoolIndex(signing), kids[signing] ?? ''),
    publicKeys: async () => (await Promise.all(published())).map(({ publicJwk }) => publicJwk),
    foreignKey: (kid) => getKey(FOREIGN, kid),

    rotate() {
      kids = [...kids, crypto.randomUUID()]
      signing = kids.length - 1
    },

    reset() {
      kids = [...first]
      signing = 0
    },
  }
}

/** The place in the process's pool of the key pair that is never published. */
const FOREIGN = 2

function toPoolIndex(place: number): number {
  return place < FOREIGN ? place : place + 1
}

async function getKey(index: number, kid: string): Promise<SigningKey> {
  const { privateKey, publicJwk } = await getPooledKey(index)
  return { kid, privateKey, publicJwk: { ...publicJwk, kid } }
}
