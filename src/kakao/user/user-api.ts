import { callKapi } from '../call/call-kapi.ts'
import type { KakaoContext } from '../context.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import { findUserId, getAccessTokenInfo, getUserInfo } from './account.ts'
import { createPersonApi } from './person-api.ts'
import type { KakaoUserApi } from './user-api-types.ts'

export function createUserApi(context: KakaoContext, accessToken: string): KakaoUserApi {
  const by = 'access_token'
  const access = { context, caller: { by, accessToken } } as const
  const { signup, updateProfile } = USER_ENDPOINTS

  return {
    by,
    ...createPersonApi(access),
    getUserInfo: (call) => getUserInfo(access, call),
    getAccessTokenInfo: (call) => getAccessTokenInfo(access, call),
    async signup({ properties, ...call } = {}) {
      const parameters = { properties }
      return await callKapi(access, { endpoint: signup, parameters, read: findUserId }, call)
    },
    async updateProfile(properties, call) {
      const parameters = { properties }
      return await callKapi(access, { endpoint: updateProfile, parameters, read: findUserId }, call)
    },
  }
}
