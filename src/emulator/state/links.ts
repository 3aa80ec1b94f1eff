import type { ConsentItemId } from '../consent-items.ts'
import type { Person } from './people.ts'

/** The tie between a person and an app: since when, and what was agreed to. */
export interface Link {
  readonly appId: number
  readonly personId: string
  readonly linkedAt: Date
  /** The person's profile at that time, which OpenID Connect's userinfo goes on telling. */
  readonly profile: LinkedProfile
  /** When each consent item was agreed to. */
  readonly agreedAt: Map<ConsentItemId, Date>
  /** The service terms agreed to, by tag. */
  readonly terms: Map<string, AgreedTerm>
  /** The app's own user properties. */
  readonly properties: Map<string, string>
  /** Absent: registered beforehand only, until the app calls `/v1/user/signup`. */
  signedUpAt?: Date
  /** When the person last agreed on the consent page of Kakao Sync. */
  synchedAt?: Date
}

export type LinkedProfile = Pick<Person, 'id' | 'nickname' | 'profile_image_url'>

export interface AgreedTerm {
  readonly at: Date
  /** On the consent page, or by the app's upgrade call. */
  readonly by: 'KAUTH' | 'KAPI'
}

/** All links of an emulator. */
export interface Links {
  find(appId: number, personId: string): Link | undefined
  /** The link, made now if there is none. */
  link(appId: number, person: LinkedProfile, now: Date): Link
  delete(link: Link): void
  /** The links of a person, the first made first. */
  ofPerson(personId: string): Link[]
  /** The links to an app. */
  ofApp(appId: number): Link[]
}

export function createLinks(): Links {
  const links = new Map<string, Link>()
  const keyOf = (appId: number, personId: string) => `${appId}:${personId}`

  return {
    find: (appId, personId) => links.get(keyOf(appId, personId)),

    link(appId, person, now) {
      const key = keyOf(appId, person.id)
      const link = links.get(key) ?? newLink(appId, person, now)
      links.set(key, link)
      return link
    },

    delete: ({ appId, personId }) => void links.delete(keyOf(appId, personId)),
    ofPerson: (personId) => [...links.values()].filter((link) => link.personId === personId),
    ofApp: (appId) => [...links.values()].filter((link) => link.appId === appId),
  }
}

function newLink(appId: number, profile: LinkedProfile, linkedAt: Date): Link {
  return {
    appId,
    personId: profile.id,
    linkedAt,
    profile,
    agreedAt: new Map(),
    terms: new Map(),
    properties: new Map(),
  }
}

/** Whether a person shares an item; the old combined `profile` stands for both of its halves. */
export function hasAgreedTo({ agreedAt }: Link, item: ConsentItemId): boolean {
  const isProfile = item === 'profile_nickname' || item === 'profile_image'
  return agreedAt.has(item) || (isProfile && agreedAt.has('profile'))
}
