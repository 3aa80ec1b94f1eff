/** How an answer about a person is to look. */
export interface AccountView {
  readonly origin: string
  /** Whether picture addresses are https. */
  readonly secure: boolean
  /** Whether a property key such as `kakao_account.email` was asked for. */
  readonly wants: (propertyKey: string) => boolean
}
