import { generateSigningKey, type SigningKey } from '../../jose/index.ts'

const pool: Promise<SigningKey>[] = []

/**
 * A key pair of the process by its number. Making one takes a tenth of a second and more, so the
 * emulators of a process share the pairs; each publishes them under names of its own, and a token of
 * one is therefore unknown to every other.
 */
export function getPooledKey(index: number): Promise<SigningKey> {
  const pooled = pool[index]
  if (pooled !== undefined) return pooled

  const made = generateSigningKey(`pooled-${index}`)
  pool[index] = made
  return made
}
