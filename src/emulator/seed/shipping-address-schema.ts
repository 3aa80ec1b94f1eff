import { z } from 'zod'
import { kakaoId, text } from './values.ts'

/** Where parcels for a person go. Fields carry the names under which Kakao tells them. */
export const shippingAddressSchema = z.strictObject({
  id: kakaoId,
  name: text.optional(),
  is_default: z.boolean().default(false),
  /** Seconds since 1970. */
  updated_at: z.int().nonnegative().default(0),
  /** By lot number or by street name. */
  type: z.enum(['OLD', 'NEW']).default('NEW'),
  base_address: text.optional(),
  detail_address: z.string().optional(),
  receiver_name: text.optional(),
  receiver_phone_number1: text.optional(),
  receiver_phone_number2: z.string().optional(),
  zone_number: text.optional(),
  zip_code: text.optional(),
})
