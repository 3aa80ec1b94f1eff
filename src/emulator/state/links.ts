import type { ConsentItemId } from '../consent-items.ts'

/** The tie between a person and an app: since when, and what was agreed to. */
export interface Link {
  readonly appId: number
  readonly personId: string
  readonly linkedAt: Date
  /** When each consent item was agreed to. */
  readonly agreedAt: Map<ConsentItemId, Date>
}

/** All links of an emulator. */
export interface Links {
  find(appId: number, personId: string): Link | undefined
  /** Links, or adds to what a linked person has agreed to. */
  link(appId: number, personId: string, agreed: Iterable<ConsentItemId>, now: Date): Link
}

export function createLinks(): Links {
  const links = new Map<string, Link>()
  const keyOf = (appId: number, personId: string) => `${appId}:${personId}`

  return {
    find: (appId, personId) => links.get(keyOf(appId, personId)),

    link(appId, personId, agreed, now) {
      const key = keyOf(appId, personId)
      const link = links.get(key) ?? { appId, personId, linkedAt: now, agreedAt: new Map() }
      for (const item of agreed) {
        if (!link.agreedAt.has(item)) link.agreedAt.set(item, now)
      }
      links.set(key, link)
      return link
    },
  }
}

/** Whether a person shares an item; the old combined `profile` stands for both of its halves. */
export function hasAgreedTo({ agreedAt }: Link, item: ConsentItemId): boolean {
  const isProfile = item === 'profile_nickname' || item === 'profile_image'
  return agreedAt.has(item) || (isProfile && agreedAt.has('profile'))
}
