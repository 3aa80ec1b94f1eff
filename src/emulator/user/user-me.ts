import type { WireKakaoAccount, WireUserMe } from '../../kakao/wire.ts'
import { toTimestamp } from '../clock.ts'
import { hasConsentItem } from '../state/apps.ts'
import type { World } from '../world.ts'
import type { AccountView } from './account-view.ts'
import type { Caller } from './caller.ts'
import { findKakaoAccount } from './kakao-account.ts'
import { toDeprecatedProperties } from './profile.ts'

/** On the wire the id is a bare number of up to 19 digits. */
export type UserMeOnWire = Omit<WireUserMe, 'id'> & { id: bigint }

/** What `/v2/user/me` tells of a person. */
export function toUserMe(world: World, caller: Caller, view: AccountView): UserMeOnWire {
  return {
    id: BigInt(caller.person.id),
    ...(view.wants('has_signed_up') && toSignUpFlag(caller)),
    ...(view.whole && toTimes(caller)),
    ...(caller.link.signedUpAt ? toSharedParts(world, caller, view) : toFirstParts(caller, view)),
  }
}

/** Since when. Told without being asked for, and never where `property_keys` restricts the answer. */
export function toTimes({ link }: Caller) {
  return {
    connected_at: toTimestamp(link.linkedAt),
    ...(link.synchedAt && { synched_at: toTimestamp(link.synchedAt) }),
  }
}

/** Only where linking is not automatic. */
function toSignUpFlag({ app, link }: Caller): { has_signed_up?: boolean } {
  return app.settings.automatic_linking ? {} : { has_signed_up: link.signedUpAt !== undefined }
}

function toSharedParts(world: World, caller: Caller, view: AccountView) {
  const properties = toProperties(world, caller, view)
  const account = findKakaoAccount(caller, view)
  return {
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(account && { kakao_account: account }),
    ...(view.whole && toPartner(caller)),
  }
}

function toProperties(
  { switches }: World,
  caller: Caller,
  view: AccountView,
): Record<string, string> {
  const own = [...caller.link.properties].filter(([key]) => view.wants(`properties.${key}`))
  return {
    ...(switches.deprecated_properties && toDeprecatedProperties(caller, view)),
    ...Object.fromEntries(own),
  }
}

/** Only for an app that may send the person KakaoTalk messages. */
function toPartner({ app, link, person: { uuid } }: Caller): { for_partner?: { uuid: string } } {
  const mayMessage = hasConsentItem(app, 'talk_message') && link.agreedAt.has('talk_message')
  return mayMessage && uuid !== undefined ? { for_partner: { uuid } } : {}
}

/** All that is told of someone who is only registered beforehand. */
function toFirstParts(caller: Caller, view: AccountView): { kakao_account?: WireKakaoAccount } {
  const account = findKakaoAccount(caller, view)
  const { profile, email, is_email_valid, is_email_verified } = account ?? {}
  const told: WireKakaoAccount = {
    ...(profile && { profile }),
    ...(email !== undefined && { email }),
    ...(is_email_valid !== undefined && { is_email_valid }),
    ...(is_email_verified !== undefined && { is_email_verified }),
  }
  return Object.keys(told).length > 0 ? { kakao_account: told } : {}
}
