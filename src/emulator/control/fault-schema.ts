import { z } from 'zod'

/** A fault: which requests it hits, how often, and what they get instead of an answer. */
export const faultSchema = z
  .strictObject({
    /** Absent: any. */
    method: z.string().toUpperCase().optional(),
    /** A path such as `/oauth/token`; one that ends in `*` matches all that begin so. Absent: any. */
    path: z.string().startsWith('/').optional(),
    /** How many requests it hits; absent: every one until it is cleared. */
    times: z.int().positive().optional(),
    status: z.int().min(200).max(599).optional(),
    /** Text is sent as it is, anything else as JSON. */
    body: z.unknown().optional(),
    content_type: z
      .string()
      .regex(/^[\x20-\x7e]+$/)
      .optional(),
    /** An error of kauth. */
    koe: z
      .string()
      .regex(/^KOE\d+$/, 'must look like "KOE320"')
      .optional(),
    /** An error of kapi. */
    code: z.int().negative().optional(),
    /** Waits before the answer; alone, the real answer follows. */
    delay_ms: z.int().nonnegative().max(600_000).optional(),
    /** The connection ends without an answer. */
    drop: z.boolean().optional(),
  })
  .refine(
    ({ status, body, koe, code, delay_ms, drop }) =>
      [status, body, koe, code, delay_ms, drop].some((effect) => effect !== undefined),
    'does nothing: it needs status, body, koe, code, delay_ms or drop',
  )

export type Fault = z.output<typeof faultSchema>
