/** Who makes something happen. */
export type Actor = 'kakao' | 'system' | `user:${string}` | `operator:${string}`

/** Under which circumstances something happens: what the audit log tells beside the fact. */
export interface Circumstances {
  /** Absent: the user whom the fact is about. */
  readonly actor?: Actor
  readonly requestId?: string
  /** Where the request came from: an IPv4 or IPv6 address. */
  readonly address?: string
  readonly userAgent?: string
}

/** What happens by itself, with nobody asking. */
export const BY_ITSELF: Circumstances = { actor: 'system' }

/** What Kakao has told us of. */
export const BY_KAKAO: Circumstances = { actor: 'kakao' }

/** A request of Kakao's: its address and user agent tell nothing of the user it is about. */
export function toKakaoCircumstances({ requestId }: Circumstances): Circumstances {
  return { ...BY_KAKAO, ...(requestId !== undefined && { requestId }) }
}
