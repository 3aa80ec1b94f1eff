declare module 'passport-kakao' {
  export interface KakaoProfile {
    readonly provider: 'kakao'
    readonly id: number
    readonly username: string
    readonly displayName: string
    /** The answer of `/v2/user/me` as it came. */
    readonly _raw: string
    readonly _json: { readonly kakao_account?: { readonly email?: string } }
  }

  export class Strategy {
    /** Address of `/v2/user/me`. */
    _userProfileURL: string
    /** The client of `passport-oauth2`, which that library opens to those who build on it. */
    readonly _oauth2: { _authorizeUrl: string; _accessTokenUrl: string }

    constructor(
      options: { clientID: string; clientSecret: string; callbackURL: string; state?: boolean },
      verify: (
        accessToken: string,
        refreshToken: string,
        profile: KakaoProfile,
        done: (error: unknown, user?: unknown) => void,
      ) => void,
    )
  }
}
