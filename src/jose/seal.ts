import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

/** Seals text so that only holders of the secret can read or alter it. */
export interface Sealer {
  /** @returns base64url text, new at each call. */
  seal(text: string): string
  /** @returns The text, or `undefined` when it was sealed under another secret, cut or altered. */
  open(sealed: string): string | undefined
}

/** A sealer whose secrets change over time. */
export interface RotatingSealer extends Sealer {
  /** Whether it was sealed under the secret that seals now. */
  isCurrent(sealed: string): boolean
}

export interface SealerOptions {
  /** The first seals; all open. None may be empty. */
  readonly secrets: readonly [string, ...string[]]
  /** What the seal is for: something sealed for one purpose does not open for another. */
  readonly purpose: string
  readonly randomBytes: (size: number) => Uint8Array
}

const ALGORITHM = 'aes-256-gcm'
const KEY_ID_BYTES = 4
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM under keys derived from the secrets with HKDF-SHA-256.
 *
 * Layout: key id (4 bytes), IV (12), tag (16), ciphertext. The key id says which secret sealed, so
 * that a wrong one is told from an altered text without trying them all.
 *
 * @see [RFC 5869](https://www.rfc-editor.org/rfc/rfc5869.html)
 * @see [NIST SP 800-38D](https://csrc.nist.gov/pubs/sp/800/38/d/final)
 */
export function createSealer({ secrets, purpose, randomBytes }: SealerOptions): RotatingSealer {
  const [sealing, ...others] = secrets
  const first = deriveKey(sealing, purpose)
  const keys = [first, ...others.map((secret) => deriveKey(secret, purpose))]

  return {
    seal(text) {
      const sealed = encrypt(first.key, randomBytes(IV_BYTES), text)
      return encodeBase64url(Buffer.concat([first.id, sealed]))
    },

    open(sealed) {
      const bytes = decode(sealed)
      const id = bytes?.subarray(0, KEY_ID_BYTES)
      const key = keys.find((one) => id !== undefined && one.id.equals(id))
      return key && bytes && decrypt(key.key, bytes.subarray(KEY_ID_BYTES))
    },

    isCurrent: (sealed) => decode(sealed)?.subarray(0, KEY_ID_BYTES).equals(first.id) === true,
  }
}

/**
 * AES-256-GCM under one key: {@link createSealer} without the key id.
 *
 * @param bytes The key: 32, of a random number generator.
 */
export function createKeySealer(bytes: Buffer, randomBytes: (size: number) => Uint8Array): Sealer {
  const key = createSecretKey(bytes)
  return {
    seal: (text) => encodeBase64url(encrypt(key, randomBytes(IV_BYTES), text)),

    open(sealed) {
      const bytes = decode(sealed)
      return bytes && decrypt(key, bytes)
    },
  }
}

function decode(sealed: string): Buffer | undefined {
  const bytes = decodeBase64url(sealed)
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function encrypt(key: KeyObject, iv: Uint8Array, text: string): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, iv)
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted])
}

function decrypt(key: KeyObject, sealed: Buffer): string | undefined {
  if (sealed.length < IV_BYTES + TAG_BYTES) return undefined
  const iv = sealed.subarray(0, IV_BYTES)
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
  const text = sealed.subarray(IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

/** As a `KeyObject`: from plain bytes Node would make one anew for each text. */
function deriveKey(secret: string, purpose: string): { id: Buffer; key: KeyObject } {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', `daemun ${purpose}`, 32 + KEY_ID_BYTES))
  return { key: createSecretKey(bytes.subarray(0, 32)), id: bytes.subarray(32) }
}
