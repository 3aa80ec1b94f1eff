/** One field of an answer, or of what a webhook sends. */
export interface KakaoField {
  /** With the way to it, such as `kakao_account.profile.nickname` or `scopes[].id`. */
  readonly name: string
  readonly presence: 'always' | 'optional'
  /** Why the client does not tell of it. */
  readonly unread?: string
}

type Fact = Omit<KakaoField, 'name'>

/** Every field of a wire type, and whether it is always there; one forgotten does not compile. */
type FieldsOf<Wire> = {
  readonly [Name in keyof Wire]-?: Fact & {
    readonly presence: Partial<Pick<Wire, Name>> extends Pick<Wire, Name> ? 'optional' : 'always'
  }
}

export const ALWAYS = { presence: 'always' } as const
export const MAYBE = { presence: 'optional' } as const

/** @param prefix The way to the fields, such as `scopes[].`. */
export function listFields<Wire>(prefix: string, fields: FieldsOf<Wire>): readonly KakaoField[] {
  return Object.entries<Fact>(fields).map(([name, fact]) => ({ name: prefix + name, ...fact }))
}

/** Fields that no wire type has, since the client leaves them alone. */
export function listUnread(reason: string, names: readonly string[]): readonly KakaoField[] {
  return names.map((name) => ({ name, presence: 'optional', unread: reason }))
}
