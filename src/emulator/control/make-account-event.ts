import type { WireAccountEvent } from '../../kakao/wire.ts'
import type { App } from '../state/apps.ts'
import { signEvent, toEventClaims } from '../webhooks/account-event.ts'
import { toEventType } from '../webhooks/event-types.ts'
import type { World } from '../world.ts'
import type { WantedEvent } from './webhook-schema.ts'

const HOUR_SECONDS = 60 * 60
/** More than a service should read. */
const TOO_MUCH = 70_000

/** The token of an account-status webhook as wanted, right or wrong. */
export async function makeAccountEvent(
  world: World,
  app: App,
  issuer: string,
  wanted: WantedEvent,
): Promise<string> {
  const type = toEventType(wanted.event)
  const event = { app, personId: wanted.person, issuer, type, payload: toPayload(wanted) }
  const claims = toEventClaims(world, event)
  return await sign(world, claims, wanted.variant)
}

function toPayload({ event, reason, change_type, payload }: WantedEvent): WireAccountEvent {
  const isLevel = toEventType(event) === toEventType('assurance-level-change')
  return {
    ...(reason !== undefined && { reason }),
    ...(change_type !== undefined &&
      (isLevel ? { change_direction: change_type } : { change_type })),
    ...payload,
  }
}

type EventClaims = ReturnType<typeof toEventClaims>

/** RFC 8417 and RFC 8935 say what is wrong with each of them but the first three. */
async function sign(
  world: World,
  claims: EventClaims,
  variant: WantedEvent['variant'],
): Promise<string> {
  switch (variant) {
    case 'valid':
    case 'duplicate':
      return await signEvent(world, { ...claims })
    case 'late':
      return await signEvent(world, { ...claims, toe: claims.iat - HOUR_SECONDS })
    case 'forged':
      return await signForeign(world, claims, (await world.keys.signingKey()).kid)
    case 'unknown_key':
      return await signForeign(world, claims, 'unknown-key')
    case 'wrong_type':
      return await signEvent(world, { ...claims }, { typ: 'JWT' })
    case 'truncated': {
      const token = await signEvent(world, { ...claims })
      return token.slice(0, token.length / 2)
    }
    default:
      return await signEvent(world, toWrongClaims(claims, variant))
  }
}

/** With a key that is published under no name; `kid` may say otherwise. */
async function signForeign(world: World, claims: EventClaims, kid: string): Promise<string> {
  return await signEvent(world, { ...claims }, { key: await world.keys.foreignKey(kid) })
}

function toWrongClaims(
  claims: EventClaims,
  variant: 'wrong_audience' | 'wrong_issuer' | 'no_jti' | 'oversized',
): Record<string, unknown> {
  if (variant === 'wrong_audience') return { ...claims, aud: 'rest-api-key-of-another-app' }
  if (variant === 'wrong_issuer') return { ...claims, iss: 'https://another-issuer.example' }
  if (variant === 'oversized') return { ...claims, padding: 'x'.repeat(TOO_MUCH) }
  const { jti, ...rest } = claims
  return rest
}
