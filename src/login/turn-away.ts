import { ProblemError } from '../errors.ts'
import type { Transact } from '../events/index.ts'
import { finishUnlink, type Obstacle, type UnlinkDeps } from '../withdrawal/index.ts'
import type { SigningIn } from './sign-in.ts'
import { undoFreshLink } from './undo-fresh-link.ts'

/** Why nothing comes of a new link; `user_gone`: who asked for it has left or logged out meanwhile. */
export type Refusal = Obstacle | { readonly kind: 'user_gone' }

/** Thrown within the transaction of a sign-up, so that nothing of it is kept. */
export class NotAdmittedError extends Error {
  override readonly name = 'NotAdmittedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(`a sign-up was not admitted (${refusal.kind})`)
    this.refusal = refusal
  }
}

/**
 * The link that this login came with has been ended at Kakao. With the consent that a new one takes,
 * the same person can sign up: they have to go through Kakao once more.
 */
export class LinkEndedError extends ProblemError {
  constructor() {
    super('login_interrupted', {
      detail: 'An earlier link at Kakao had still to be ended, which is done now. Start again.',
    })
  }
}

export interface TurnAwayDeps {
  readonly transact: Transact
  readonly unlinks: UnlinkDeps
}

/**
 * Sees to what keeps somebody from signing up.
 *
 * @returns What to throw: `rejoin_too_early`, `not_signed_in`, and the link that Kakao has just made
 * is undone; `kakao_unavailable`: their former link could not be ended; {@link LinkEndedError}: it is.
 */
export async function turnAway(
  deps: TurnAwayDeps,
  signingIn: SigningIn,
  refusal: Refusal,
): Promise<ProblemError> {
  if (refusal.kind === 'too_early' || refusal.kind === 'user_gone') {
    await undoFreshLink(deps, signingIn)
    return toProblem(refusal)
  }
  const { facts, signal } = signingIn
  const isEnded =
    refusal.kind === 'link_ended' || (await finishUnlink(deps.unlinks, facts.kakaoId, signal))
  return isEnded ? new LinkEndedError() : new ProblemError('kakao_unavailable')
}

function toProblem(refusal: Extract<Refusal, { kind: 'too_early' | 'user_gone' }>): ProblemError {
  if (refusal.kind === 'user_gone') return new ProblemError('not_signed_in')
  const rejoin_at = refusal.rejoinAt.toISOString()
  return new ProblemError('rejoin_too_early', { fields: { rejoin_at } })
}
