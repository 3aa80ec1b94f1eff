import type { Config } from '../config/index.ts'
import {
  type Circumstances,
  type Transact,
  toKakaoCircumstances,
  type UnitOfWork,
} from '../events/index.ts'
import type { KakaoAccountEvent, KakaoAccountStatus, KakaoClient } from '../kakao/index.ts'
import { findIdentity, lockTies } from '../users/index.ts'
import { applyEffect } from './apply-effect.ts'
import { isIdle, toEffect } from './effects.ts'
import type { EndLinkDeps } from './end-link.ts'
import { noteEventToken } from './seen-token-store.ts'

export interface AccountStatusDeps extends EndLinkDeps {
  readonly kakao: KakaoClient
  readonly transact: Transact
  /** Told of each event, once. */
  readonly onEvent: (event: ToldEvent) => void
}

/** An event that was taken. */
export interface ToldEvent {
  /** The last part of its type's URI; `unknown`: one that is not in the list. */
  readonly type: KakaoAccountEvent['type']
  /** Whether it is about somebody we know. */
  readonly isKnown: boolean
  readonly alarm: boolean
}

/**
 * Takes an account-status webhook: checks the token, and does in one transaction what its events do,
 * once, however often and to however many instances it is sent.
 *
 * @throws {AccountStatusWebhookError} It must not be believed.
 * @throws {KakaoUnavailableError} Kakao's keys are out of reach: no verdict.
 * @see [Kakao: account status change webhook](https://developers.kakao.com/docs/latest/en/kakaologin/callback)
 * @see [RFC 8935](https://www.rfc-editor.org/rfc/rfc8935.html)
 */
export async function takeAccountStatus(
  deps: AccountStatusDeps,
  token: string,
  circumstances: Circumstances,
): Promise<void> {
  const status = await deps.kakao.verifyAccountStatusWebhook(token, {
    audiences: toAudiences(deps.config),
  })
  const told = await deps.transact(toKakaoCircumstances(circumstances), async (unit) => {
    if (!(await noteEventToken(unit.db, status))) return []
    return await applyAll(deps, unit, status)
  })
  for (const event of told) deps.onEvent(event)
}

function toAudiences({ kakao: { audiences, appId } }: Pick<Config, 'kakao'>): readonly string[] {
  return appId === undefined ? audiences : [...audiences, appId]
}

/** About a stranger, nothing is kept but the number of events. */
async function applyAll(
  deps: AccountStatusDeps,
  unit: UnitOfWork,
  { subject, occurredAt, events }: KakaoAccountStatus,
): Promise<ToldEvent[]> {
  const told: ToldEvent[] = []
  for (const event of events) {
    const effect = toEffect(event)
    const find = isIdle(effect) ? findIdentity : lockTies
    const identity = await find(unit.db, subject)
    told.push({
      type: event.type,
      isKnown: identity !== undefined,
      alarm: identity !== undefined && effect.alarm === true,
    })
    if (identity === undefined || effect.unkept) continue

    const { userId } = identity
    unit.note({ action: `kakao.${event.type}`, userId, result: 'ok' })
    await applyEffect(deps, unit, { identity, effect, occurredAt, reason: toReason(event) })
  }
  return told
}

/** Kakao's own word, of those that can be nothing else; else the event's name. */
function toReason(event: KakaoAccountEvent): string {
  const reason = 'reason' in event ? event.reason : undefined
  return reason !== undefined && /^[A-Z_]{1,64}$/.test(reason) ? reason : event.type
}
