/** How somebody came in. */
export type SignInMethod = 'web' | 'relay' | 'code' | 'native'

/**
 * Why sessions ended before their time.
 *
 * - `logout`: their user logged out; `revoked`: one of them, in the list or by its token.
 * - `replaced`: a new login in the same browser; `limit`: more than a user may have.
 * - `reuse`: a refresh token came back that had been exchanged before.
 * - `withdrawn`: the user is one no more.
 * - `kakao`: something happened to the Kakao account; `unlinked`: the tie to it is gone.
 */
export type SessionEndReason =
  | 'logout'
  | 'revoked'
  | 'replaced'
  | 'limit'
  | 'reuse'
  | 'withdrawn'
  | 'kakao'
  | 'unlinked'

/** Who ended a user. */
export type WithdrawnBy = 'member' | 'kakao' | 'operator'

/** Who cut a tie to Kakao. */
export type UnlinkedBy = 'member' | 'kakao' | 'operator'

/** What somebody can agree to: a consent item of Kakao's, or a service term of our own. */
export type ConsentKind = 'item' | 'term'

/**
 * By which path a consent changed.
 *
 * - `login`: at a login; `consent`: asked for more; `revocation`: taken back here.
 * - `webhook`: Kakao told us; `sync`: found when reading.
 */
export type ConsentPath = 'login' | 'consent' | 'revocation' | 'webhook' | 'sync'

/** What can happen to a user, with the further `data` that the service is told. Nothing personal. */
export interface UserEventData {
  'user.created': { readonly consents: readonly string[] }
  'user.updated': { readonly changed: readonly string[] }
  'user.signed_in': { readonly session_id: string; readonly method: SignInMethod }
  'identity.linked': Record<never, never>
  'identity.needs_login': Record<never, never>
  'identity.unlinked': { readonly by: UnlinkedBy; readonly reason: string }
  'session.revoked': {
    readonly session_ids: readonly string[]
    readonly reason: SessionEndReason
  }
  'consent.changed': {
    readonly kind: ConsentKind
    readonly id: string
    readonly agreed: boolean
    readonly path: ConsentPath
  }
  /** A user's last. */
  'user.withdrawn': { readonly by: WithdrawnBy; readonly reason: string }
}

export type UserEventType = keyof UserEventData

/** Something that happened to a user. */
export type UserEvent = {
  [Type in UserEventType]: {
    readonly type: Type
    readonly userId: string
    readonly data: UserEventData[Type]
  }
}[UserEventType]
