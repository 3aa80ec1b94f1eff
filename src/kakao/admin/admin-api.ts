import type { KakaoContext } from '../context.ts'
import { createPersonApi } from '../user/person-api.ts'
import type { KakaoAdminApi } from './admin-api-types.ts'
import { allUserIds, listUserIds } from './user-ids.ts'
import { listUsers } from './users.ts'

export function createAdminApi(context: KakaoContext, adminKey: string): KakaoAdminApi {
  const by = 'admin_key'
  const access = { context, caller: { by, adminKey } } as const

  return {
    user: (userId) => ({
      by,
      ...createPersonApi({ context, caller: { by, adminKey, userId } }),
    }),
    listUsers: (ids, options) => listUsers(access, ids, options),
    listUserIds: (options) => listUserIds(access, options),
    allUserIds: (options) => allUserIds(access, options),
  }
}
