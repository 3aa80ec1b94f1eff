import type { Browser } from '../../_support/browser.ts'

/** What somebody was given when they signed in. */
export interface HeldSession {
  readonly personId: string
  readonly userId: string
  /** Opens a browser with the cookies of then, whatever has become of the session. */
  readonly open: () => Browser
  /** Absent: the browser's cookie is the session. */
  tokens?: { readonly access: string; readonly refresh: string }
}

/** All that the service has acknowledged, and how often it did not answer. */
export class Ledger {
  readonly live = new Set<HeldSession>()
  readonly ended = new Set<HeldSession>()
  /** The user whom each Kakao id belongs to. */
  readonly users = new Map<string, string>()
  /** Users who have left, and their Kakao ids. */
  readonly departed = new Set<string>()
  readonly left = new Set<string>()
  requests = 0
  acknowledged = 0
  /** Without a good answer while there was trouble: either may have happened. */
  unanswered = 0
  /** Answers that nothing excuses, in words. Expected to be empty. */
  readonly wrong: string[] = []

  addSession(session: HeldSession, { isNewUser }: { isNewUser: boolean }): void {
    const { personId, userId } = session
    const known = this.users.get(personId)
    if (known !== undefined && known !== userId) this.wrong.push(`${known} came back as ${userId}`)
    if (known !== undefined && isNewUser) this.wrong.push(`${known} was signed up twice`)
    if (this.departed.has(userId)) this.wrong.push(`${userId} had left, and is back`)
    this.users.set(personId, userId)
    this.live.add(session)
    this.acknowledged += 1
  }

  endSession(session: HeldSession): void {
    this.live.delete(session)
    this.ended.add(session)
    this.acknowledged += 1
  }

  depart({ personId, userId }: HeldSession): void {
    this.users.delete(personId)
    this.departed.add(userId)
    this.left.add(personId)
    this.acknowledged += 1
    for (const session of this.live) {
      if (session.userId !== userId) continue
      this.live.delete(session)
      this.ended.add(session)
    }
  }
}
