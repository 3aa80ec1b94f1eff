import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 4096

/**
 * Makes what gives random bytes of the system's, as `crypto.randomBytes` does. They are fetched many
 * at a time: to ask for the few that a request needs would take longer than to find its session.
 */
export function createRandomBytes(): (size: number) => Uint8Array {
  const pool = new Uint8Array(POOL_BYTES)
  let at = POOL_BYTES

  return (size) => {
    if (size > POOL_BYTES) return randomFillSync(new Uint8Array(size))
    if (at + size > POOL_BYTES) {
      randomFillSync(pool)
      at = 0
    }
    const bytes = pool.slice(at, at + size)
    // What was given out is nobody else's, nor to be found here.
    pool.fill(0, at, at + size)
    at += size
    return bytes
  }
}
