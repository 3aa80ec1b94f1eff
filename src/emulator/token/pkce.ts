import { createHash } from 'node:crypto'
import { KauthError } from '../errors/kauth-error.ts'
import type { AuthorizationCode } from '../state/grants.ts'
import type { World } from '../world.ts'

/**
 * Checks the verifier against the challenge of the login. Without a challenge nothing is asked.
 *
 * @throws {KauthError} `invalid_grant`, under the KOE code of the switch.
 * @see [RFC 7636, section 4.6](https://www.rfc-editor.org/rfc/rfc7636.html#section-4.6)
 */
export function verifyChallenge(
  { switches }: World,
  challenge: AuthorizationCode['challenge'],
  verifier: string | undefined,
): void {
  if (challenge === undefined) return
  const answer = challenge.method === 'S256' ? sha256(verifier ?? '') : verifier
  if (verifier !== undefined && answer === challenge.value) return
  throw new KauthError(switches.pkce_failure_code, {
    error: 'invalid_grant',
    description: 'code_verifier does not match code_challenge',
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
