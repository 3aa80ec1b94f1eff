const GROUP = 'for apps of a group only; no source shows one.'
const PARTNERS = 'for partners of Kakao only; not in the documentation of the REST API.'
const NOT_HERE = 'not among the fields of this call.'

/** What the emulator leaves out of the tables, by the end of a row's name. */
const LEFT_OUT: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/group_user_token$/, GROUP],
  [/kakao_account\.(legal_\w+|is_korean)$/, PARTNERS],
  [/kakao_account\.has_\{field\}$/, 'deprecated; whether the value is there says the same.'],
  [/elements\[\]\.for_partner(\.uuid)?$/, NOT_HERE],
  [/scopes\[\]\.delegated$/, 'seen in the mobile SDKs only.'],
]

/** Why a row is left out of the emulator; `undefined` where it is not. */
export function findLeftOut(name: string): string | undefined {
  return LEFT_OUT.find(([pattern]) => pattern.test(name))?.[1]
}

/** What the reference names and neither side has: it stands in no table. */
export const NOT_LISTED: readonly (readonly [subject: string, reason: string])[] = [
  ['`auth_type`, `approval_type` at authorize', 'Deprecated in favour of `prompt`.'],
  [
    '`agt`, `ka`, `is_popup`, `kauth_tx_id`, `settle_id`, `client_origin`, `android_key_hash`, `ios_bundle_id`',
    'Plumbing of the mobile and JavaScript SDKs; a REST client has nothing to put there.',
  ],
  [
    '`lang`, `ui_locales` at authorize',
    'No evidence that Kakao reads them; both sides ignore them.',
  ],
  [
    '`auto_login` and the other `error` words of the iOS SDK',
    'No page says when Kakao sends them.',
  ],
  ['`POST /api/agt`, `/apiweb/code.json`, `/v1/user/check_access_token`', 'For the SDKs only.'],
  ['`GET /v1/user/service/terms`', 'Replaced by `/v2/user/service_terms`.'],
  ['`GET /v1/api/talk/profile`, `GET /v2/api/talk/channels`', 'KakaoTalk, not Kakao Login.'],
  ['KakaoTalk Share and KakaoTalk Channel webhooks', 'Other products.'],
  [
    '`KOE9xx`, `KOE406`, `KOE501`, `KOE602` and others made of kapi codes',
    'No official evidence that they exist. The emulator still answers any KOE code as a fault.',
  ],
]
