import type { Transact } from '../events/index.ts'
import { finishUnlink, type UnlinkDeps, undoLink } from '../withdrawal/index.ts'
import type { Comer } from './required-consents.ts'

/**
 * Undoes the link that Kakao has just made for somebody who is not let in, before they are told so.
 * Where Kakao does not do it in time, it is done behind the answer.
 */
export async function undoFreshLink(
  { transact, unlinks }: { readonly transact: Transact; readonly unlinks: UnlinkDeps },
  { facts, tokens, circumstances, signal }: Comer,
): Promise<void> {
  const { kakaoId } = facts
  await transact(circumstances, (unit) => undoLink(unlinks, unit, { kakaoId, tokens }))
  await finishUnlink(unlinks, kakaoId, signal)
}
