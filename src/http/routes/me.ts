import type { Db } from '../../db/index.ts'
import { ProblemError } from '../../errors.ts'
import { findProfile, listIdentities } from '../../users/index.ts'
import type { Callers } from '../callers.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { toIdentityView, toProfileView, toUserView } from '../views.ts'

export interface MeDeps {
  readonly db: Db
  readonly callers: Callers
}

/** `GET /me/`: all that is known of the user, where it came from, and their ties to Kakao. */
export function meRoute({ db, callers }: MeDeps): Route {
  return {
    method: 'get',
    path: PATHS.me,

    async handle(context) {
      const { user } = await callers.get(context)
      const profile = await findProfile(db, user.id)
      // They left a moment ago.
      if (profile === undefined) throw new ProblemError('not_signed_in')
      const identities = await listIdentities(db, user.id)

      return context.json({
        user: toUserView(user),
        profile: toProfileView(profile),
        identities: identities.map(toIdentityView),
      })
    },
  }
}
