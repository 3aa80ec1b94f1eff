import { createHash } from 'node:crypto'
import type { NativeNonce } from '../config/index.ts'
import { ProblemError } from '../errors.ts'

/**
 * What the ID token's `nonce` has to be, given what the app says it was.
 *
 * @throws {ProblemError} `nonce_mismatch`: the policy wants one, and the app names none.
 */
export function toExpectedNonce(
  policy: NativeNonce,
  given: string | undefined,
): { nonce?: string } {
  if (given === undefined) {
    if (policy !== 'if-present') throw new ProblemError('nonce_mismatch')
    return {}
  }
  if (policy !== 's256') return { nonce: given }
  return { nonce: createHash('sha256').update(given).digest('base64url') }
}

/**
 * A token with a nonce was asked for with one: an app that leaves it out did not ask for it.
 *
 * @throws {ProblemError} `nonce_mismatch`
 */
export function checkNonce(
  policy: NativeNonce,
  { given, inToken }: { given: string | undefined; inToken: string | undefined },
): void {
  const isInBothOrNeither = (given === undefined) === (inToken === undefined)
  if (policy === 'if-present' && !isInBothOrNeither) throw new ProblemError('nonce_mismatch')
}
