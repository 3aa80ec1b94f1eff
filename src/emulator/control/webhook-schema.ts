import { z } from 'zod'
import { kakaoId } from '../seed/values.ts'

/** How a webhook can be right or wrong. */
export const VARIANTS = [
  'valid',
  'duplicate',
  'late',
  'forged',
  'wrong_audience',
  'wrong_issuer',
  'wrong_type',
  'unknown_key',
  'no_jti',
  'truncated',
  'oversized',
] as const

export type Variant = (typeof VARIANTS)[number]

const common = {
  person: kakaoId,
  /** Absent: the first app that has such a webhook. */
  app_id: z.coerce.number().int().positive().optional(),
  /** Of an unlink, how it came about; of an event, its reason. */
  reason: z.string().min(1).optional(),
  send: z.boolean().default(true),
}

const unlinkWebhook = z.strictObject({
  kind: z.literal('unlink'),
  ...common,
  variant: z
    .enum(['valid', 'duplicate', 'forged', 'wrong_audience', 'truncated', 'oversized'], {
      error: 'an unlink webhook has no such variant',
    })
    .default('valid'),
})

const accountStatusWebhook = z.strictObject({
  kind: z.literal('account_status'),
  ...common,
  variant: z.enum(VARIANTS).default('valid'),
  /** The last segment, or the whole URI, of any event. */
  event: z.string().min(1).default('user-unlinked'),
  /** Of `credential-change`: `create` and the like; of `assurance-level-change`: the direction. */
  change_type: z.string().min(1).optional(),
  /** What else is to come with the event. */
  payload: z.record(z.string(), z.json()).optional(),
})

/** A webhook to make, and to send. */
export const webhookSchema = z.discriminatedUnion('kind', [unlinkWebhook, accountStatusWebhook], {
  error: 'must be unlink or account_status',
})

export type WantedWebhook = z.output<typeof webhookSchema>
export type WantedUnlink = Extract<WantedWebhook, { kind: 'unlink' }>
export type WantedEvent = Extract<WantedWebhook, { kind: 'account_status' }>
