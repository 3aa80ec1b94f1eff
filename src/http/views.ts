import type { Session } from '../sessions/index.ts'
import { type Identity, type KeptProfile, mapFields, type User } from '../users/index.ts'

/** A user as JSON answers show them. */
export function toUserView(user: User) {
  return {
    id: user.id,
    created_at: user.createdAt,
    nickname: user.nickname,
    picture: user.picture,
    email: user.email,
    email_verified: user.emailVerified,
    phone_number: user.phoneNumber,
  }
}

/** A session as JSON answers show it. */
export function toSessionView(session: Session, { current }: { current: boolean }) {
  return {
    id: session.id,
    kind: session.kind,
    device: session.device,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    current,
  }
}

/** A tie to Kakao as JSON answers show it. */
export function toIdentityView({ kakaoId, linkedAt, state }: Identity) {
  return { social_id: `kakao_${kakaoId}`, linked_at: linkedAt, state }
}

/** A profile as JSON answers show it: of each field what is known, and how. */
export function toProfileView(profile: KeptProfile) {
  return mapFields((field) => {
    const { value, state, source, at } = profile[field]
    return { value, state, source, at }
  })
}
