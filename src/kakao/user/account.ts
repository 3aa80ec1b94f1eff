import { callKapi } from '../call/call-kapi.ts'
import type { KapiAccess } from '../call/caller.ts'
import {
  omitUndefined,
  readFlag,
  readId,
  readLowerCase,
  readSeconds,
  readText,
  type Unread,
} from '../call/fields.ts'
import type { CallOptions } from '../client-types.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import type { WireAccessTokenInfo, WireUserId, WireUserInfo } from '../wire.ts'
import type { KakaoAccessTokenInfo, KakaoUserId, KakaoUserInfo } from './account-types.ts'
import { findPicture } from './picture-url.ts'

export async function getAccessTokenInfo(
  access: KapiAccess,
  call?: CallOptions,
): Promise<KakaoAccessTokenInfo> {
  const askedAt = access.context.now()
  return await callKapi(
    access,
    {
      endpoint: USER_ENDPOINTS.accessTokenInfo,
      parameters: {},
      read: (fields) => findAccessTokenInfo(fields, askedAt),
    },
    call,
  )
}

/** Old answers name app and lifetime otherwise. */
function findAccessTokenInfo(
  wire: Unread<WireAccessTokenInfo>,
  askedAt: Date,
): KakaoAccessTokenInfo | undefined {
  const appId = readId(wire.app_id ?? wire.appId)
  if (appId === undefined) return undefined

  const millis = readSeconds(wire.expiresInMillis) ?? 0
  const seconds = readSeconds(wire.expires_in) ?? millis / 1000
  const expiresAt = new Date(askedAt.getTime() + seconds * 1000)
  return { appId, expiresAt, ...omitUndefined({ id: readId(wire.id) }) }
}

export async function getUserInfo(access: KapiAccess, call?: CallOptions): Promise<KakaoUserInfo> {
  return await callKapi(
    access,
    { endpoint: USER_ENDPOINTS.userInfo, parameters: {}, read: findUserInfo },
    call,
  )
}

function findUserInfo(wire: Unread<WireUserInfo>): KakaoUserInfo | undefined {
  const subject = readId(wire.sub)
  if (subject === undefined) return undefined
  return {
    subject,
    ...omitUndefined({
      name: readText(wire.name),
      nickname: readText(wire.nickname),
      picture: findPicture(wire.picture),
      email: readText(wire.email),
      emailVerified: readFlag(wire.email_verified),
      gender: readLowerCase(wire.gender),
      birthdate: readText(wire.birthdate),
      phoneNumber: readText(wire.phone_number),
      phoneNumberVerified: readFlag(wire.phone_number_verified),
    }),
  }
}

export function findUserId(wire: Unread<WireUserId>): KakaoUserId | undefined {
  const id = readId(wire.id)
  return id === undefined ? undefined : { id }
}
