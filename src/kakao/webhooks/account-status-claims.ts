import type { Claims } from '../../jose/index.ts'
import {
  type Fields,
  isFields,
  omitUndefined,
  readId,
  readText,
  readUnixTime,
  type Unread,
} from '../call/fields.ts'
import type { WireAccountEvent, WireAccountStatusClaims, WireEventSubject } from '../wire.ts'
import type { KakaoAccountStatus } from './account-status-types.ts'
import { toAccountEvent } from './to-account-event.ts'
import { AccountStatusWebhookError } from './webhook-errors.ts'

type Wire = Unread<WireAccountStatusClaims>

/** How far ahead of ours Kakao's clock may be. */
const AHEAD_MS = 5 * 60 * 1000
/** Kakao gives up sooner: what is older was kept by somebody to be sent again. */
const OLDEST_MS = 7 * 24 * 60 * 60 * 1000

interface Expectation {
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly now: Date
}

/**
 * Judges the claims of an event token whose signature is good, and reads its events.
 *
 * @throws {AccountStatusWebhookError}
 */
export function readAccountStatusClaims(
  claims: Claims,
  { issuer, audiences, now }: Expectation,
): KakaoAccountStatus {
  const wire: Wire = claims
  if (wire.iss !== issuer) {
    throw new AccountStatusWebhookError('invalid_issuer', 'the token has another issuer')
  }
  if (!isForUs(wire, audiences)) {
    throw new AccountStatusWebhookError('invalid_audience', 'the token is for another app')
  }
  const id = readText(wire.jti)
  if (id === undefined) throw invalidRequest('the token has no jti')
  const issuedAt = readIssuedAt(wire, now)
  const events = readEvents(wire)

  return {
    id,
    subject: readSubject(
      wire,
      events.map(([, payload]) => payload),
    ),
    issuer,
    issuedAt,
    occurredAt: findOccurredAt(wire, issuedAt) ?? issuedAt,
    ...omitUndefined({ transactionId: readText(wire.txn) ?? readText(wire.txm) }),
    events: events.map(([uri, payload]) => toAccountEvent(uri, payload)),
  }
}

function isForUs({ aud }: Wire, ours: readonly string[]): boolean {
  const named = (Array.isArray(aud) ? aud : [aud]).map(readAudience)
  return named.some((one) => one !== undefined && ours.includes(one))
}

/** An app id may be sent as a number. */
function readAudience(one: unknown): string | undefined {
  return typeof one === 'number' ? String(one) : readText(one)
}

function readIssuedAt({ iat }: Wire, now: Date): Date {
  const issuedAt = typeof iat === 'number' ? readUnixTime(iat) : undefined
  if (issuedAt === undefined) throw invalidRequest('the token has no iat')
  const ageMs = now.getTime() - issuedAt.getTime()
  if (ageMs < -AHEAD_MS || ageMs > OLDEST_MS) {
    throw invalidRequest('the token is too old, or from the future')
  }
  return issuedAt
}

/** A time that lies after the token itself cannot be meant. */
function findOccurredAt({ toe }: Wire, issuedAt: Date): Date | undefined {
  const occurredAt = typeof toe === 'number' ? readUnixTime(toe) : undefined
  const isPossible = occurredAt && occurredAt.getTime() <= issuedAt.getTime() + AHEAD_MS
  return isPossible ? occurredAt : undefined
}

function readEvents({ events }: Wire): readonly (readonly [string, Fields])[] {
  const entries = isFields(events) ? Object.entries(events) : []
  if (entries.length === 0) throw invalidRequest('the token has no events')
  return entries.map(([uri, payload]) => [uri, isFields(payload) ? payload : {}])
}

/** Whom it is about, in whichever places Kakao says so; all must agree. */
function readSubject(wire: Wire, payloads: readonly Fields[]): string {
  const subjects = payloads.map(({ subject }: Unread<WireAccountEvent>) =>
    isFields(subject) ? subject : {},
  )
  const isForeign = subjects.some(
    ({ iss }: Unread<WireEventSubject>) => iss !== undefined && iss !== wire.iss,
  )
  const named = [wire.sub, ...subjects.map(({ sub }: Unread<WireEventSubject>) => sub)]
  const [first, ...others] = new Set(named.filter((sub) => sub !== undefined))
  const subject = typeof first === 'string' ? readId(first) : undefined
  if (isForeign || subject === undefined || others.length > 0) {
    throw invalidRequest('the token does not name one subject')
  }
  return subject
}

function invalidRequest(message: string): AccountStatusWebhookError {
  return new AccountStatusWebhookError('invalid_request', message)
}
