import type { Sealer } from '../jose/seal.ts'

const TTL_MS = 10 * 60_000

/** Where a log-out goes on after Kakao's own, sealed into its `state`. */
export interface LogoutState {
  seal(next: string): string
  /** @returns Where to go on, or `undefined` when garbled, sealed by others, or too old. */
  open(state: string): string | undefined
}

export function createLogoutState(sealer: Sealer, now: () => Date): LogoutState {
  return {
    seal: (next) => sealer.seal(JSON.stringify({ next, at: now().getTime() })),

    open(state) {
      const text = sealer.open(state)
      if (text === undefined) return undefined
      const { next, at } = JSON.parse(text) as { next: string; at: number }
      return at + TTL_MS > now().getTime() ? next : undefined
    },
  }
}
