import { ProblemError } from '../errors.ts'
import type { Transact } from '../events/index.ts'
import { finishUnlink, type Obstacle, type UnlinkDeps } from '../withdrawal/index.ts'
import type { SigningIn } from './sign-in.ts'
import { undoFreshLink } from './undo-fresh-link.ts'

/** Thrown within the transaction of a sign-up, so that nothing of it is kept. */
export class NotAdmittedError extends Error {
  override readonly name = 'NotAdmittedError'
  readonly obstacle: Obstacle

  constructor(obstacle: Obstacle) {
    super(`a sign-up was not admitted (${obstacle.kind})`)
    this.obstacle = obstacle
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
 * @returns What to throw: `rejoin_too_early`, and the link that Kakao has just made is undone;
 * `kakao_unavailable`: their former link could not be ended; {@link LinkEndedError}: it is.
 */
export async function turnAway(
  deps: TurnAwayDeps,
  signingIn: SigningIn,
  obstacle: Obstacle,
): Promise<ProblemError> {
  const { facts, signal } = signingIn
  if (obstacle.kind === 'too_early') {
    await undoFreshLink(deps, signingIn)
    return new ProblemError('rejoin_too_early', {
      fields: { rejoin_at: obstacle.rejoinAt.toISOString() },
    })
  }
  const isEnded =
    obstacle.kind === 'link_ended' || (await finishUnlink(deps.unlinks, facts.kakaoId, signal))
  return isEnded ? new LinkEndedError() : new ProblemError('kakao_unavailable')
}
