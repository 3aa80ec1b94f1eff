import { callKapi } from '../call/call-kapi.ts'
import type { KapiAccess } from '../call/caller.ts'
import { getScopes, revokeScopes } from '../consent/scopes.ts'
import {
  getServiceTerms,
  revokeServiceTerms,
  upgradeServiceTerms,
} from '../consent/service-terms.ts'
import { USER_ENDPOINTS } from '../endpoints/user-endpoints.ts'
import { findUserId } from './account.ts'
import { getShippingAddresses } from './shipping-addresses.ts'
import { findUser } from './to-user.ts'
import type { KakaoPersonApi } from './user-api-types.ts'

/** The calls about one person, in whosever name. */
export function createPersonApi(access: KapiAccess): KakaoPersonApi {
  const { me, logout, unlink } = USER_ENDPOINTS

  return {
    async getMe({ propertyKeys, ...call } = {}) {
      const parameters = { secure_resource: 'true', property_keys: propertyKeys }
      return await callKapi(access, { endpoint: me, parameters, read: findUser }, call)
    },
    async logout(call) {
      return await callKapi(access, { endpoint: logout, parameters: {}, read: findUserId }, call)
    },
    async unlink(call) {
      return await callKapi(access, { endpoint: unlink, parameters: {}, read: findUserId }, call)
    },
    getShippingAddresses: (options) => getShippingAddresses(access, options),
    getScopes: (options) => getScopes(access, options),
    revokeScopes: (scopes, call) => revokeScopes(access, scopes, call),
    getServiceTerms: (options) => getServiceTerms(access, options),
    revokeServiceTerms: (tags, call) => revokeServiceTerms(access, tags, call),
    upgradeServiceTerms: (tags, call) => upgradeServiceTerms(access, tags, call),
  }
}
