import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import { type UntieDeps, untie } from '../../links/index.ts'
import { listIdentities } from '../../users/index.ts'
import type { Callers } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { RecentLogin } from '../recent-login.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'
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

export interface RemoveMyIdentityDeps {
  readonly callers: Callers
  readonly recentLogin: RecentLogin
  readonly links: UntieDeps
}

/** `DELETE /me/identities/{social_id}/`: cuts a tie, here and at Kakao; never the last one. */
export function removeMyIdentityRoute({
  callers,
  recentLogin,
  links,
}: RemoveMyIdentityDeps): Route {
  return {
    method: 'delete',
    path: `${PATHS.myIdentities}:socialId/`,

    async handle(context) {
      checkSameOrigin(context)
      const { user, session } = await callers.getCounted(context)
      recentLogin.check(session, PATHS.home)
      const kakaoId = /^kakao_(\d+)$/.exec(context.req.param('socialId') ?? '')?.[1]
      if (kakaoId === undefined) throw new ProblemError('not_found')

      await untie(links, {
        userId: user.id,
        kakaoId,
        circumstances: context.get('circumstances'),
      })
      return context.body(null, 204)
    },
  }
}
