import { callKapi } from '../call/call-kapi.ts'
import { type KapiAccess, toKakaoId } from '../call/caller.ts'
import { readList, type Unread } from '../call/fields.ts'
import type { CallOptions } from '../client-types.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import { findUser } from '../user/to-user.ts'
import type { KakaoUser } from '../user/user-types.ts'
import type { WireUsersObject } from '../wire.ts'

export async function listUsers(
  access: KapiAccess,
  ids: readonly string[],
  { propertyKeys, ...call }: CallOptions & { readonly propertyKeys?: readonly string[] } = {},
): Promise<readonly KakaoUser[]> {
  if (ids.length === 0) return []
  const parameters = {
    target_id_type: 'user_id',
    target_ids: ids.map(toKakaoId),
    property_keys: propertyKeys,
  }
  return await callKapi(
    access,
    { endpoint: USER_ENDPOINTS.users, parameters, read: findUsers },
    call,
  )
}

/** Nobody is passed over: who is missing counts as no longer linked. */
function findUsers({ elements }: Unread<WireUsersObject>): readonly KakaoUser[] | undefined {
  return readList(elements, findUser)
}
