const OPENID = 'https://schemas.openid.net/secevent'
const KAKAO = 'https://schemas.kakao.com/platevent'

const PREFIXES = {
  oauth: `${OPENID}/oauth/event-type/`,
  risc: `${OPENID}/risc/event-type/`,
  caep: `${OPENID}/caep/event-type/`,
  kakao: `${KAKAO}/kakao/event-type/`,
} as const

/** Every event of the account-status webhook by its last segment, with the family it belongs to. */
export const ACCOUNT_EVENTS = {
  'user-linked': 'oauth',
  'user-unlinked': 'oauth',
  'user-scope-consent': 'oauth',
  'user-scope-withdraw': 'oauth',
  'tokens-revoked': 'oauth',
  'token-revoked': 'oauth',
  'token-issued': 'oauth',
  'account-disabled': 'risc',
  'account-enabled': 'risc',
  'account-purged': 'risc',
  'account-credential-change-required': 'risc',
  'credential-compromise': 'risc',
  'identifier-changed': 'risc',
  'identifier-recycled': 'risc',
  'sessions-revoked': 'risc',
  'assurance-level-change': 'caep',
  'credential-change': 'caep',
  'user-profile-changed': 'kakao',
} as const satisfies Record<string, keyof typeof PREFIXES>

export type AccountEventName = keyof typeof ACCOUNT_EVENTS

/** What the emulator sends by itself, as it happens. */
export const SENT_UNASKED = [
  'user-linked',
  'token-issued',
  'user-scope-consent',
  'user-scope-withdraw',
  'user-unlinked',
  'user-profile-changed',
] as const satisfies readonly AccountEventName[]

/**
 * The URI of an event.
 *
 * @param name Its last segment, or the URI itself. A segment of no known event is taken for one of
 *   the OAuth family, so that events yet unknown can be tried.
 */
export function toEventType(name: string): string {
  if (name.includes('://')) return name
  return `${PREFIXES[isAccountEvent(name) ? ACCOUNT_EVENTS[name] : 'oauth']}${name}`
}

function isAccountEvent(name: string): name is AccountEventName {
  return Object.hasOwn(ACCOUNT_EVENTS, name)
}
