import { KeyObject, verify } from 'node:crypto'
import type { VerifySignature } from './jws.ts'

/**
 * Checks a signature by Node's own means, at once: Web Cryptography hands it to another thread, which
 * takes three times the processor time.
 */
export const verifyByNode: VerifySignature = (key, { signature, input }) =>
  verify('sha256', input, KeyObject.from(key), signature)
