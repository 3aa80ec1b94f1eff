import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import { type ClaimAnswer, findClaim } from './claim-store.ts'

/** How often to look whether the callback that holds the code, maybe elsewhere, has its answer. */
const LOOK_EVERY_MS = 25

export interface RepeatAnswerDeps {
  readonly db: Db
  readonly now: () => Date
  readonly sleep: (ms: number) => Promise<void>
  /** How long the first answer to a code is given again. */
  readonly repeatMs: number
}

/**
 * Finds the answer to a code that another callback has taken, waiting for it where need be.
 *
 * @throws {ProblemError} `state_invalid`: the `state` was used with another code. `code_used`: the
 * code came from another browser, or its answer is too old. `login_interrupted`: whoever held the
 * code died.
 */
export async function waitForAnswer(
  { db, now, sleep, repeatMs }: RepeatAnswerDeps,
  { codeHash, stateHash }: { codeHash: string; stateHash: string },
): Promise<ClaimAnswer> {
  for (;;) {
    const claim = await findClaim(db, codeHash)
    if (claim === undefined) throw new ProblemError('state_invalid')
    if (claim.stateHash !== stateHash) throw new ProblemError('code_used')

    if (claim.answer !== null && claim.answeredAt !== null) {
      if (claim.answeredAt.getTime() + repeatMs <= now().getTime()) {
        throw new ProblemError('code_used')
      }
      return claim.answer
    }
    if (claim.heldUntil <= now()) throw new ProblemError('login_interrupted')
    await sleep(LOOK_EVERY_MS)
  }
}
