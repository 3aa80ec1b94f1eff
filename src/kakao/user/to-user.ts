import type { Fields, Unread } from '../call/fields.ts'
import { isFields, omitUndefined, readFlag, readId, readInstant, readText } from '../call/fields.ts'
import type { WireUserMe } from '../wire.ts'
import { toAccount } from './to-account.ts'
import type { KakaoUser } from './user-types.ts'

/** @returns `undefined` when the answer holds no usable id; anything else may be missing. */
export function findUser(wire: Unread<WireUserMe>): KakaoUser | undefined {
  const id = readId(wire.id)
  if (id === undefined) return undefined

  return {
    id,
    ...omitUndefined({
      connectedAt: readInstant(wire.connected_at),
      synchedAt: readInstant(wire.synched_at),
      hasSignedUp: readFlag(wire.has_signed_up),
      account: isFields(wire.kakao_account) ? toAccount(wire.kakao_account) : undefined,
      properties: isFields(wire.properties) ? toProperties(wire.properties) : undefined,
      groupUserToken: readText(wire.group_user_token),
      partnerUuid: isFields(wire.for_partner) ? readText(wire.for_partner.uuid) : undefined,
    }),
  }
}

function toProperties(wire: Fields): { readonly [key: string]: string } {
  const texts = Object.entries(wire).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}
