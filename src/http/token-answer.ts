import type { FinishedLogin } from '../login/index.ts'
import type { TokenSet } from '../tokens/index.ts'
import { toUserView } from './views.ts'

/** The three original fields and who it is, as every sign-in answers them. */
export function toLoginView(login: Omit<FinishedLogin<unknown>, 'given'>) {
  return {
    social_type: 'kakao',
    social_id: login.socialId,
    user_email: login.user.email,
    is_new_user: login.isNewUser,
    user: toUserView(login.user),
  }
}

/** Tokens as RFC 6749, section 5.1, has them. */
export function toTokenView(tokens: TokenSet) {
  return {
    access_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresInSeconds,
    refresh_token: tokens.refreshToken,
    refresh_token_expires_in: tokens.refreshTokenExpiresInSeconds,
  }
}
