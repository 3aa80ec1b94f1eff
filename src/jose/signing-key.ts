import { JoseError } from './errors.ts'
import { type PublicJwk, RS256, type SigningKey } from './jwk.ts'

/** A private key as JSON, to be kept sealed. */
export type PrivateJwk = { readonly [member: string]: unknown }

/** Turns a signing key into JSON, so that it can be sealed and stored. */
export async function exportPrivateKey({ privateKey }: SigningKey): Promise<PrivateJwk> {
  return { ...(await crypto.subtle.exportKey('jwk', privateKey)) }
}

/**
 * Turns stored JSON back into a signing key.
 *
 * @throws {JoseError} `key_unusable`
 */
export async function importSigningKey(
  publicJwk: PublicJwk,
  privateJwk: PrivateJwk,
): Promise<SigningKey> {
  try {
    const privateKey = await crypto.subtle.importKey('jwk', privateJwk, RS256, false, ['sign'])
    return { kid: publicJwk.kid, privateKey, publicJwk }
  } catch {
    throw new JoseError('key_unusable', 'a private key could not be read')
  }
}
