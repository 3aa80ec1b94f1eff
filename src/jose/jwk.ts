import { JoseError } from './errors.ts'

/** A key of Web Cryptography, by whatever name the runtime's types know it. */
export type CryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** A public RSA key that verifies RS256 signatures (RFC 7517; RFC 7518, section 6.3). */
export interface PublicJwk {
  readonly kty: 'RSA'
  readonly kid: string
  readonly alg: 'RS256'
  readonly use: 'sig'
  /** Modulus, base64url. */
  readonly n: string
  /** Public exponent, base64url. */
  readonly e: string
}

/** A private key with the public half that others verify with. */
export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: PublicJwk
}

export const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** RFC 7518, section 3.3: "A key of size 2048 bits or larger MUST be used". */
const LEAST_MODULUS_BITS = 2048

/** Makes a new RS256 key of 2048 bits. It takes tens to hundreds of milliseconds. */
export async function generateSigningKey(kid: string): Promise<SigningKey> {
  const pair = await crypto.subtle.generateKey(
    { ...RS256, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ['sign', 'verify'],
  )
  const { n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  if (n === undefined || e === undefined) {
    throw new JoseError('key_unusable', 'the runtime exported an RSA key without modulus')
  }

  return {
    kid,
    privateKey: pair.privateKey,
    publicJwk: { kty: 'RSA', kid, alg: 'RS256', use: 'sig', n, e },
  }
}

/**
 * Turns one entry of a JWK set into a key that verifies RS256.
 *
 * @param jwk Anything found in a set; entries meant for other uses are common there.
 * @returns The key, or `undefined` where the entry is not an RSA signature key for RS256.
 * @throws {JoseError} `key_unusable`: it claims to be one and is broken, or shorter than 2048 bits.
 * @see [RFC 7517, section 4](https://www.rfc-editor.org/rfc/rfc7517.html#section-4)
 */
export async function importVerifyKey(jwk: {
  readonly [member: string]: unknown
}): Promise<CryptoKey | undefined> {
  const { kty, alg = 'RS256', use = 'sig', n, e } = jwk
  if (kty !== 'RSA' || alg !== 'RS256' || use !== 'sig') return undefined
  if (typeof n !== 'string' || typeof e !== 'string') {
    throw new JoseError('key_unusable', 'an RSA key lacks its modulus or exponent')
  }

  const key = await importRsaKey(n, e)
  // Counted by the runtime: leading zeros would make a short modulus look long.
  const { algorithm } = key
  const bits = 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : 0
  if (bits < LEAST_MODULUS_BITS) {
    throw new JoseError('key_unusable', 'an RSA key is shorter than 2048 bits')
  }
  return key
}

async function importRsaKey(n: string, e: string): Promise<CryptoKey> {
  try {
    // Extractable: the key is public, and Node's own functions take no other.
    return await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, RS256, true, ['verify'])
  } catch {
    throw new JoseError('key_unusable', 'an RSA key could not be read')
  }
}
