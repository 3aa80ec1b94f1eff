import type { Db } from '../../db/index.ts'
import { listIdentities } from '../../users/index.ts'
import type { Callers } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { toIdentityView } from '../views.ts'

export interface MyIdentitiesDeps {
  readonly db: Db
  readonly callers: Callers
}

/** `GET /me/identities/`: the user's ties to Kakao. */
export function myIdentitiesRoute({ db, callers }: MyIdentitiesDeps): Route {
  return {
    method: 'get',
    path: PATHS.myIdentities,

    async handle(context) {
      const { user } = await callers.get(context)
      const identities = await listIdentities(db, user.id)

      return context.json({ identities: identities.map(toIdentityView) })
    },
  }
}
