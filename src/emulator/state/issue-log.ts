import type { Grant } from './grants.ts'

type TokenKind = 'access' | 'refresh'

/** Kakao's limits per person: 20 access tokens in 10 minutes, 30 refresh tokens in 60. */
const LIMITS = {
  access: { count: 20, windowMs: 10 * 60 * 1000 },
  refresh: { count: 30, windowMs: 60 * 60 * 1000 },
} as const

/** Remembers when tokens were issued to whom, as far back as the limits reach. */
export interface IssueLog {
  /** Whether one more token of the kind may be issued. */
  allows(grant: Grant, kind: TokenKind, now: Date): boolean
  add(grant: Grant, kind: TokenKind, now: Date): void
}

export function createIssueLog(): IssueLog {
  const issued = new Map<string, Date[]>()

  const recent = (grant: Grant, kind: TokenKind, now: Date): Date[] => {
    const all = issued.get(keyOf(grant, kind)) ?? []
    return all.filter((at) => now.getTime() - at.getTime() < LIMITS[kind].windowMs)
  }

  return {
    allows: (grant, kind, now) => recent(grant, kind, now).length < LIMITS[kind].count,

    add(grant, kind, now) {
      const kept = recent(grant, kind, now).slice(-LIMITS[kind].count)
      issued.set(keyOf(grant, kind), [...kept, now])
    },
  }
}

function keyOf({ client, personId }: Grant, kind: TokenKind): string {
  return `${client.app.id}:${personId}:${kind}`
}
