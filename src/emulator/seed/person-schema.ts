import { z } from 'zod'
import { shippingAddressSchema } from './shipping-address-schema.ts'
import { consentItemId, kakaoId, text, webUrl } from './values.ts'

/** A person with a Kakao Account. Fields carry the names under which Kakao tells them. */
export const personSchema = z.strictObject({
  id: kakaoId.optional(),
  nickname: text.optional(),
  /** Replaces the picture that the emulator draws. */
  profile_image_url: webUrl.optional(),
  is_default_image: z.boolean().default(false),
  email: z.email('must be an e-mail address').optional(),
  is_email_valid: z.boolean().default(true),
  is_email_verified: z.boolean().default(true),
  name: text.optional(),
  gender: z.enum(['female', 'male']).optional(),
  age_range: digits(/^\d{1,2}~(\d{1,2})?$/, 'must look like "20~29" or "90~"'),
  birthyear: digits(/^\d{4}$/, 'must be a year in quotes, like "1990"'),
  birthday: digits(/^\d{4}$/, 'must be month and day in quotes, like "0412"'),
  birthday_type: z.enum(['SOLAR', 'LUNAR']).default('SOLAR'),
  is_leap_month: z.boolean().default(false),
  phone_number: text.optional(),
  ci: text.optional(),
  ci_authenticated_at: z.iso.datetime('must be a time like "2026-01-01T00:00:00Z"').optional(),
  shipping_addresses: z.array(shippingAddressSchema).default([]),
  /** Goes into `for_partner` of an app that may send KakaoTalk messages. */
  uuid: text.optional(),
  /** Consent items that this person leaves unticked, on the page and under `--auto`. */
  refuses: z.array(consentItemId).default([]),
  /** Younger than 14: an app that does not admit such people gets `access_denied`. */
  under_14: z.boolean().default(false),
  /** Kakao wants something of this person first (unified terms): `interaction_required`. */
  needs_interaction: z.boolean().default(false),
  /** The account sleeps: kapi answers -103. */
  dormant: z.boolean().default(false),
  /** The account is under sanction: kapi answers -4, `prompt=none` `interaction_required`. */
  blocked: z.boolean().default(false),
})

function digits(pattern: RegExp, error: string) {
  return text.pipe(z.string().regex(pattern, error)).optional()
}
