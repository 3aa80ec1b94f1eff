import type {
  WireAuthorizeRedirect,
  WireDiscovery,
  WireIdTokenClaims,
  WireKey,
  WireKeySet,
  WireLogoutRedirect,
  WireTokenResponse,
} from '../wire.ts'
import { ALWAYS, listFields, MAYBE } from './fields-of.ts'

/** The browser brings these to the service, whose own they are to read. */
const IN_REDIRECT = { ...MAYBE, unread: 'It comes with the browser, not in an answer.' } as const

/** What kauth answers, by the names in `KAUTH_ENDPOINTS`. */
export const KAUTH_FIELDS = {
  authorize: listFields<WireAuthorizeRedirect>('', {
    code: IN_REDIRECT,
    error: IN_REDIRECT,
    error_description: IN_REDIRECT,
    state: IN_REDIRECT,
  }),
  accountLogout: listFields<WireLogoutRedirect>('', { state: IN_REDIRECT }),
  token: listFields<WireTokenResponse>('', {
    token_type: { ...ALWAYS, unread: 'It is always bearer.' },
    access_token: ALWAYS,
    expires_in: ALWAYS,
    refresh_token: MAYBE,
    refresh_token_expires_in: MAYBE,
    id_token: MAYBE,
    scope: MAYBE,
  }),
  discovery: listFields<WireDiscovery>('', {
    issuer: ALWAYS,
    authorization_endpoint: ALWAYS,
    token_endpoint: ALWAYS,
    userinfo_endpoint: ALWAYS,
    jwks_uri: ALWAYS,
    token_endpoint_auth_methods_supported: ALWAYS,
    subject_types_supported: ALWAYS,
    id_token_signing_alg_values_supported: ALWAYS,
    request_uri_parameter_supported: ALWAYS,
    response_types_supported: ALWAYS,
    response_modes_supported: ALWAYS,
    grant_types_supported: ALWAYS,
    code_challenge_methods_supported: ALWAYS,
    claims_supported: ALWAYS,
  }),
  keys: [
    ...listFields<WireKeySet>('', { keys: ALWAYS }),
    ...listFields<WireKey>('keys[].', {
      kid: ALWAYS,
      kty: ALWAYS,
      alg: ALWAYS,
      use: ALWAYS,
      n: ALWAYS,
      e: ALWAYS,
    }),
  ],
  tokenInfo: listFields<WireIdTokenClaims>('', {
    iss: ALWAYS,
    aud: ALWAYS,
    sub: ALWAYS,
    iat: ALWAYS,
    exp: ALWAYS,
    auth_time: ALWAYS,
    nonce: MAYBE,
    nickname: MAYBE,
    picture: MAYBE,
    email: MAYBE,
  }),
} as const
