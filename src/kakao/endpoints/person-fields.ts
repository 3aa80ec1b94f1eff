import type { WireForPartner, WireKakaoAccount, WireProfile, WireUserMe } from '../wire.ts'
import { ALWAYS, listFields, listUnread, MAYBE } from './fields-of.ts'

const PARTNERS_ONLY = 'For partners of Kakao only; not in the documentation of the REST API.'
const DEPRECATED = 'Deprecated: whether the value is there says the same.'

/** What Kakao tells of a person, in `/v2/user/me` and in each element of `/v2/app/users`. */
export const PERSON_FIELDS = [
  ...listFields<WireUserMe>('', {
    id: ALWAYS,
    has_signed_up: MAYBE,
    connected_at: MAYBE,
    synched_at: MAYBE,
    properties: MAYBE,
    kakao_account: MAYBE,
    for_partner: MAYBE,
    group_user_token: MAYBE,
  }),
  ...listFields<WireKakaoAccount>('kakao_account.', {
    profile_needs_agreement: MAYBE,
    profile_nickname_needs_agreement: MAYBE,
    profile_image_needs_agreement: MAYBE,
    profile: MAYBE,
    name_needs_agreement: MAYBE,
    name: MAYBE,
    email_needs_agreement: MAYBE,
    is_email_valid: MAYBE,
    is_email_verified: MAYBE,
    email: MAYBE,
    age_range_needs_agreement: MAYBE,
    age_range: MAYBE,
    birthyear_needs_agreement: MAYBE,
    birthyear: MAYBE,
    birthday_needs_agreement: MAYBE,
    birthday: MAYBE,
    birthday_type: MAYBE,
    is_leap_month: MAYBE,
    gender_needs_agreement: MAYBE,
    gender: MAYBE,
    phone_number_needs_agreement: MAYBE,
    phone_number: MAYBE,
    ci_needs_agreement: MAYBE,
    ci: MAYBE,
    ci_authenticated_at: MAYBE,
  }),
  ...listFields<WireProfile>('kakao_account.profile.', {
    nickname: MAYBE,
    thumbnail_image_url: MAYBE,
    profile_image_url: MAYBE,
    is_default_image: MAYBE,
    is_default_nickname: MAYBE,
  }),
  ...listFields<WireForPartner>('for_partner.', { uuid: MAYBE }),
  ...listUnread(PARTNERS_ONLY, [
    'kakao_account.legal_name',
    'kakao_account.legal_birth_date',
    'kakao_account.legal_gender',
    'kakao_account.is_korean',
  ]),
  ...listUnread(DEPRECATED, ['kakao_account.has_{field}']),
]
