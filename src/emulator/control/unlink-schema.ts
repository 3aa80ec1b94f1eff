import { z } from 'zod'
import { REFERRER_TYPES } from '../webhooks/unlink-webhook.ts'

/** How a person's link is to end. */
export const unlinkSchema = z.strictObject({
  app_id: z.coerce.number().int().positive().optional(),
  /** One of Kakao's, or any other. */
  referrer_type: z.string().min(1).default(REFERRER_TYPES[0]),
})
