import type { Sealer } from '../jose/seal.ts'

/** Lets a member leave who has just proved at Kakao who they are, but could not be let in. */
export interface WithdrawalTickets {
  seal(userId: string): string
  /** @returns Whose it is; `undefined` when garbled, sealed by others, or too old. */
  open(ticket: string): string | undefined
}

/** @param options.ttlMs How old a sign-in may be for a withdrawal. */
export function createWithdrawalTickets(
  sealer: Sealer,
  { ttlMs, now }: { ttlMs: number; now: () => Date },
): WithdrawalTickets {
  return {
    seal: (userId) => sealer.seal(JSON.stringify({ userId, at: now().getTime() })),

    open(ticket) {
      const text = sealer.open(ticket)
      if (text === undefined) return undefined
      const { userId, at } = JSON.parse(text) as { userId: string; at: number }
      return at + ttlMs >= now().getTime() ? userId : undefined
    },
  }
}
