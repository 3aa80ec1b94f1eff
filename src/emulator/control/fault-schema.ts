import { z } from 'zod'
import { httpStatus, koeCode, mayHaveBody } from '../seed/values.ts'

/** A fault: which requests it hits, how often, and what they get instead of an answer. */
export const faultSchema = z
  .strictObject({
    /** Absent: any. */
    method: z.string().toUpperCase().optional(),
    /** A path such as `/oauth/token`; one that ends in `*` matches all that begin so. Absent: any. */
    path: z.string().startsWith('/').optional(),
    /** How many requests it hits; absent: every one until it is cleared. */
    times: z.int().positive().optional(),
    status: httpStatus.optional(),
    /** Text is sent as it is, anything else as JSON. */
    body: z.unknown().optional(),
    content_type: z
      .string()
      .regex(/^[\x20-\x7e]+$/)
      .optional(),
    /** An error of kauth. */
    koe: koeCode.optional(),
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
  .refine(
    ({ status, ...effects }) => mayHaveBody(status) || !hasBody(effects),
    'has a status without a body: it needs no body, koe or code',
  )

function hasBody({ body, koe, code }: { body?: unknown; koe?: unknown; code?: unknown }): boolean {
  return [body, koe, code].some((part) => part !== undefined)
}

export type Fault = z.output<typeof faultSchema>
