/** A kind of event that the account-status webhook may tell of. */
export interface KakaoEventType {
  readonly uri: string
  readonly category: 'oauth' | 'risc' | 'caep' | 'kakao'
  /** Whether Kakao sends it only with the person's consent; `unknown`: not documented. */
  readonly consent: 'not_needed' | 'needed' | 'unknown'
}

const OPENID = 'https://schemas.openid.net/secevent'

/** Every event type of the account-status webhook, by the last part of its URI. */
export const KAKAO_EVENT_TYPES = {
  'user-linked': oauth('user-linked'),
  'user-unlinked': oauth('user-unlinked'),
  'user-scope-consent': oauth('user-scope-consent'),
  'user-scope-withdraw': oauth('user-scope-withdraw'),
  'tokens-revoked': oauth('tokens-revoked'),
  'token-revoked': oauth('token-revoked'),
  'token-issued': oauth('token-issued'),
  'account-disabled': risc('account-disabled'),
  'account-enabled': risc('account-enabled'),
  'account-purged': risc('account-purged'),
  'account-credential-change-required': risc('account-credential-change-required'),
  'credential-compromise': risc('credential-compromise'),
  'identifier-changed': risc('identifier-changed'),
  'identifier-recycled': risc('identifier-recycled'),
  'sessions-revoked': risc('sessions-revoked'),
  'assurance-level-change': caep('assurance-level-change'),
  'credential-change': caep('credential-change'),
  'user-profile-changed': {
    uri: 'https://schemas.kakao.com/platevent/kakao/event-type/user-profile-changed',
    category: 'kakao',
    consent: 'unknown',
  },
} as const satisfies { readonly [name: string]: KakaoEventType }

export type KakaoEventTypeName = keyof typeof KAKAO_EVENT_TYPES

const NAME_BY_URI: ReadonlyMap<string, KakaoEventTypeName> = new Map(
  Object.entries(KAKAO_EVENT_TYPES).map(([name, { uri }]) => [uri, name as KakaoEventTypeName]),
)

export function findEventTypeName(uri: string): KakaoEventTypeName | undefined {
  return NAME_BY_URI.get(uri)
}

function oauth(name: string): KakaoEventType {
  return { uri: `${OPENID}/oauth/event-type/${name}`, category: 'oauth', consent: 'not_needed' }
}

function risc(name: string): KakaoEventType {
  return { uri: `${OPENID}/risc/event-type/${name}`, category: 'risc', consent: 'needed' }
}

function caep(name: string): KakaoEventType {
  return { uri: `${OPENID}/caep/event-type/${name}`, category: 'caep', consent: 'needed' }
}
