import { describe, expect, test } from 'vitest'
import { VARIANTS, type Variant } from '../../src/emulator/control/webhook-schema.ts'
import { createKakaoEmulator, type Switches } from '../../src/emulator/index.ts'
import { REFERRER_TYPES } from '../../src/emulator/webhooks/unlink-webhook.ts'
import {
  AccountStatusWebhookError,
  createKakaoClient,
  KAKAO_EVENT_TYPES,
  KAKAO_WEBHOOKS,
  type KakaoAccountStatus,
  readUnlinkWebhook,
} from '../../src/kakao/index.ts'
import { rowsOf, WEBHOOK_TESTS } from '../../tools/coverage-rows.ts'
import { NOON } from '../_support/clock.ts'
import { control } from '../emulator/_support/demo-app.ts'
import { readClaims } from '../emulator/_support/service.ts'
import { FULL_SEED, ORIGIN, PERSON } from './_support/seed.ts'
import { listFieldPaths } from './_support/trace.ts'

const rows = new Set(rowsOf(WEBHOOK_TESTS).map(({ name }) => name))

/** A service of ours that the emulator's webhooks reach; the client reads them. */
function start(switches: Partial<Switches> = {}) {
  const received: Request[] = []
  const kakao = createKakaoEmulator({
    seed: FULL_SEED,
    now: () => NOON,
    switches,
    async fetch(input, init) {
      received.push(new Request(input, init))
      return new Response(null, { status: 202 })
    },
  })
  const client = createKakaoClient({
    restApiKey: 'full-key',
    kauthUrl: ORIGIN,
    kapiUrl: ORIGIN,
    fetch: (input, init) => kakao.fetch(new Request(input, init)),
    now: () => NOON,
  })

  async function send(wanted: Record<string, unknown>): Promise<Request> {
    await control(kakao, 'POST', 'webhooks', { person: PERSON, ...wanted })
    const request = received.at(-1)
    if (request === undefined) throw new Error('nothing was sent')
    return request
  }
  return { client, send }
}

async function readEvent(event: string, more: object = {}): Promise<KakaoAccountStatus> {
  const { client, send } = start()
  const request = await send({ kind: 'account_status', event, ...more })
  return await client.verifyAccountStatusWebhook(await request.text())
}

describe('events', () => {
  for (const [event, { uri }] of Object.entries(KAKAO_EVENT_TYPES)) {
    test(`event ${event}`, async () => {
      const { subject, events } = await readEvent(event)
      expect(subject).toBe(PERSON)
      expect(events).toMatchObject([{ type: event, uri }])
    })
  }
})

describe('unlinks', () => {
  for (const reason of REFERRER_TYPES) {
    test(`referrer_type ${reason}`, async () => {
      const request = await start().send({ kind: 'unlink', reason })
      const expected = { adminKeys: ['full-admin-key'], appId: '1' }
      expect(await readUnlinkWebhook(request, expected)).toEqual({
        userId: PERSON,
        appId: '1',
        referrerType: reason,
      })
    })
  }
})

describe('variants', () => {
  const VERDICTS = {
    valid: 'good',
    duplicate: 'good',
    late: 'good',
    // Of these two a receiver has to judge more than the client can: size, and what came before.
    oversized: 'good',
    forged: 'invalid_key',
    unknown_key: 'invalid_key',
    wrong_audience: 'invalid_audience',
    wrong_issuer: 'invalid_issuer',
    wrong_type: 'invalid_request',
    no_jti: 'invalid_request',
    truncated: 'invalid_request',
  } as const satisfies Record<Variant, string>

  for (const variant of VARIANTS) {
    test(`webhook variant ${variant}`, async () => {
      const { client, send } = start()
      const request = await send({ kind: 'account_status', variant })
      const verdict = await client.verifyAccountStatusWebhook(await request.text()).then(
        () => 'good',
        (error: unknown) => (error instanceof AccountStatusWebhookError ? error.code : error),
      )
      expect(verdict).toBe(VERDICTS[variant])
    })
  }
})

describe('fields', () => {
  /** Every detail that an event can carry. */
  const DETAILS = {
    reason: 'ACCOUNT_DELETE',
    payload: {
      credential_type: 'password',
      change_type: 'update',
      change_direction: 'increase',
      current_level: 'nist-aal2',
      previous_level: 'nist-aal1',
    },
  }

  async function fieldsOf(webhook: string): Promise<Set<string>> {
    if (webhook === 'unlink') {
      const request = await start().send({ kind: 'unlink' })
      return new Set(new URLSearchParams(await request.text()).keys())
    }
    const kinds = [{}, { event_transaction_claim: 'txn' }] as const
    const bodies = kinds.map(async (switches) => {
      const request = await start(switches).send({ kind: 'account_status', ...DETAILS })
      return listFieldPaths(readClaims(await request.text()))
    })
    return new Set((await Promise.all(bodies)).flat())
  }

  for (const { name: webhook, fields } of KAKAO_WEBHOOKS) {
    for (const { name: field } of fields) {
      const name = `${webhook} webhook field ${field}`
      const isTold = rows.has(name)
      test(isTold ? name : `${name} is left out`, async () => {
        expect((await fieldsOf(webhook)).has(field)).toBe(isTold)
      })
    }
  }
})

test('each row of a webhook has its test here', () => {
  const fields = KAKAO_WEBHOOKS.flatMap(({ name, fields }) =>
    fields.map((field) => `${name} webhook field ${field.name}`),
  )
  const tested = [
    ...Object.keys(KAKAO_EVENT_TYPES).map((event) => `event ${event}`),
    ...REFERRER_TYPES.map((type) => `referrer_type ${type}`),
    ...VARIANTS.map((variant) => `webhook variant ${variant}`),
    ...fields.filter((name) => rows.has(name)),
  ]
  expect(new Set(tested)).toEqual(rows)
})
