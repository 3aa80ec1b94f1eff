import { GOOD_CLAIMS, GOOD_EVENT, KEY } from './signing.ts'

const SOL = '1376016924429759228'

const PERSON = {
  id: SOL,
  has_signed_up: true,
  connected_at: '2026-02-03T04:05:06Z',
  synched_at: '2026-02-03T04:05:07Z',
  properties: { colour: 'blue' },
  for_partner: { uuid: 'uuid-1' },
  group_user_token: 'group-1',
  kakao_account: {
    profile: {
      nickname: '박솔',
      is_default_nickname: false,
      profile_image_url: 'https://k.kakaocdn.net/a.jpg',
      thumbnail_image_url: 'https://k.kakaocdn.net/b.jpg',
      is_default_image: false,
    },
    email: 'sol@example.com',
    is_email_valid: true,
    is_email_verified: true,
    name: '박솔',
    age_range: '20~29',
    birthyear: '1999',
    birthday: '0815',
    birthday_type: 'LUNAR',
    is_leap_month: true,
    gender: 'female',
    phone_number: '+82 10-1234-5678',
    ci: 'ci-1',
    ci_authenticated_at: '2026-02-01T00:00:00Z',
  },
}

/** Somebody who agreed to nothing: the flags alone. */
const SILENT_PERSON = {
  id: SOL,
  kakao_account: {
    profile_nickname_needs_agreement: true,
    profile_image_needs_agreement: true,
    name_needs_agreement: true,
    email_needs_agreement: true,
    age_range_needs_agreement: true,
    birthyear_needs_agreement: true,
    birthday_needs_agreement: true,
    gender_needs_agreement: true,
    phone_number_needs_agreement: true,
    ci_needs_agreement: true,
  },
}

const OLD_APP_PERSON = { id: SOL, kakao_account: { profile_needs_agreement: true } }

const SCOPE = {
  id: 'account_email',
  display_name: '이메일',
  type: 'PRIVACY',
  using: true,
  agreed: true,
  revocable: true,
  delegated: false,
}

const TERM = { tag: 'tag-1', agreed: true, agreed_at: '2026-02-03T04:05:06Z', agreed_by: 'KAPI' }

const USER_ID = [{ id: SOL }]
const SCOPES = [{ id: SOL, scopes: [SCOPE] }]
const PEOPLE = [PERSON, SILENT_PERSON, OLD_APP_PERSON]

const ADDRESS = {
  id: SOL,
  name: '집',
  is_default: true,
  updated_at: 1_770_000_000,
  type: 'NEW',
  base_address: '제주특별자치도 제주시 첨단로 242',
  detail_address: '1층',
  receiver_name: '박솔',
  receiver_phone_number1: '010-1234-5678',
  receiver_phone_number2: '064-123-4567',
  zone_number: '63309',
  zip_code: '690-140',
}

const DISCOVERY = {
  issuer: 'https://kauth.kakao.com',
  authorization_endpoint: 'https://kauth.kakao.com/oauth/authorize',
  token_endpoint: 'https://kauth.kakao.com/oauth/token',
  userinfo_endpoint: 'https://kapi.kakao.com/v1/oidc/userinfo',
  jwks_uri: 'https://kauth.kakao.com/.well-known/jwks.json',
  token_endpoint_auth_methods_supported: ['client_secret_post'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  request_uri_parameter_supported: false,
  response_types_supported: ['code'],
  response_modes_supported: ['query'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  claims_supported: ['sub', 'nonce'],
}

/**
 * Answers of each endpoint, by its name, that together hold every field. Ids are text here, which
 * the client reads too.
 */
export const SAMPLES: Readonly<Record<string, readonly object[]>> = {
  token: [
    {
      token_type: 'bearer',
      access_token: 'at-1',
      expires_in: 21_599,
      refresh_token: 'rt-2',
      refresh_token_expires_in: 5_183_999,
      id_token: 'a.b.c',
      scope: 'openid account_email',
    },
  ],
  discovery: [DISCOVERY],
  keys: [
    { keys: [KEY.publicJwk] },
    { keys: [{ ...KEY.publicJwk, alg: 'RS384' }] },
    { keys: [{ ...KEY.publicJwk, use: 'enc' }] },
  ],
  tokenInfo: [
    {
      ...GOOD_CLAIMS,
      nickname: '박솔',
      picture: 'https://k.kakaocdn.net/b.jpg',
      email: 'a@b.test',
    },
  ],
  me: PEOPLE,
  users: PEOPLE.map((person) => ({ elements: [person] })),
  userIds: [
    {
      elements: [SOL],
      before_url: 'http://kapi.kakao.com/v1/user/ids?from_id=7&app_key=k',
      after_url: 'http://kapi.kakao.com/v1/user/ids?from_id=9&app_key=k',
    },
  ],
  accessTokenInfo: [
    { id: SOL, expires_in: 21_240, app_id: 123_456 },
    { id: SOL, expiresInMillis: 21_240_000, appId: 123_456 },
  ],
  logout: USER_ID,
  unlink: USER_ID,
  signup: USER_ID,
  updateProfile: USER_ID,
  shippingAddresses: [
    { user_id: SOL, shipping_addresses: [ADDRESS] },
    { user_id: SOL, shipping_addresses_needs_agreement: true },
  ],
  scopes: SCOPES,
  revokeScopes: SCOPES,
  serviceTerms: [{ id: SOL, service_terms: [{ ...TERM, required: true, revocable: false }] }],
  revokeServiceTerms: [{ id: SOL, revoked_service_terms: [{ tag: 'tag-1', agreed: false }] }],
  upgradeServiceTerms: [{ id: SOL, agreed_service_terms: [TERM] }],
  userInfo: [
    {
      sub: SOL,
      name: '박솔',
      nickname: '솔',
      picture: 'https://k.kakaocdn.net/b.jpg',
      email: 'sol@example.com',
      email_verified: true,
      gender: 'MALE',
      birthdate: '1999-08-15',
      phone_number: '+82 10-1234-5678',
      phone_number_verified: true,
    },
  ],
}

/** Errors of each host that together hold every field. */
export const ERROR_SAMPLES: Readonly<Record<'kauth' | 'kapi', readonly object[]>> = {
  kauth: [
    { error: 'invalid_grant', error_description: 'not found', error_code: 'KOE320' },
    { error: 'invalid_grant', error_description: 'not found' },
  ],
  kapi: [
    {
      msg: 'insufficient scopes.',
      code: -402,
      api_type: 'SHIPPING_ADDRESS',
      required_scopes: ['shipping_address'],
      allowed_scopes: ['profile_nickname'],
    },
    { msg: 'ip mismatched! callerIp=192.0.2.1.', code: -401 },
  ],
}

/** An account-status webhook with one event of that name. */
function oneEvent(name: string, payload: object, claims: object = {}) {
  const uri = `https://schemas.openid.net/secevent/${name}`
  return { ...GOOD_EVENT, ...claims, events: { [uri]: payload } }
}

const FOREIGN = { subject_type: 'iss-sub', iss: 'https://elsewhere.example', sub: SOL }
const NAMED = { subject_type: 'iss-sub', iss: 'https://kauth.kakao.com', sub: SOL }

/** What the webhooks send, by their names, so that together they hold every field. */
export const WEBHOOK_SAMPLES: Readonly<Record<string, readonly object[]>> = {
  unlink: [
    { app_id: '123456', user_id: SOL, referrer_type: 'ACCOUNT_DELETE', group_user_token: 'g-1' },
  ],
  accountStatus: [
    GOOD_EVENT,
    { ...GOOD_EVENT, txm: undefined, txn: 'transaction-1' },
    oneEvent('oauth/event-type/token-issued', {}),
    oneEvent('oauth/event-type/token-issued', { subject: FOREIGN }),
    oneEvent('oauth/event-type/token-issued', { subject: NAMED }, { sub: undefined }),
    oneEvent('caep/event-type/credential-change', {
      credential_type: 'password',
      change_type: 'update',
    }),
    oneEvent('caep/event-type/assurance-level-change', {
      change_direction: 'increase',
      current_level: 'nist-aal2',
      previous_level: 'nist-aal1',
    }),
  ],
}
