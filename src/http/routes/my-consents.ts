import type { Context } from 'hono'
import { type Consent, listConsents, type RevokeDeps, revokeConsent } from '../../consents/index.ts'
import type { Db } from '../../db/index.ts'
import type { ConsentKind } from '../../events/index.ts'
import type { Callers } from '../callers.ts'
import type { AppEnv } from '../env.ts'
import { getKakaoIdOf } from '../kakao-id-of.ts'
import { PATHS } from '../paths.ts'
import type { Route } from '../route.ts'
import { checkSameOrigin } from '../same-origin.ts'

export interface MyConsentsDeps {
  readonly db: Db
  readonly callers: Callers
  readonly revoke: RevokeDeps
}

/** `GET /me/consents/`: what the user agreed to share, since when, and how that came. */
export function myConsentsRoute(deps: MyConsentsDeps): Route {
  return {
    method: 'get',
    path: PATHS.myConsents,

    async handle(context) {
      const consents = await listMine(deps, context, 'item')

      return context.json({ consents: consents.map((item) => toItemView(deps, item)) })
    },
  }
}

/** `GET /me/terms/`: which service terms the user agreed to. */
export function myTermsRoute(deps: MyConsentsDeps): Route {
  return {
    method: 'get',
    path: PATHS.myTerms,

    async handle(context) {
      const terms = await listMine(deps, context, 'term')

      return context.json({ terms: terms.map(({ id: tag, ...term }) => ({ tag, ...term })) })
    },
  }
}

/** `DELETE /me/consents/{id}`: takes back a consent, at Kakao too, and erases what it covered. */
export function revokeMyConsentRoute(deps: MyConsentsDeps): Route {
  return {
    method: 'delete',
    path: `${PATHS.myConsents}:id/`,

    async handle(context) {
      checkSameOrigin(context)
      const signedIn = await deps.callers.getCounted(context)
      const consent = await revokeConsent(deps.revoke, {
        userId: signedIn.user.id,
        kakaoId: await getKakaoIdOf(deps.db, signedIn),
        sessionId: signedIn.session.id,
        item: context.req.param('id') ?? '',
        circumstances: context.get('circumstances'),
      })

      return context.json(toItemView(deps, consent))
    },
  }
}

async function listMine(
  deps: MyConsentsDeps,
  context: Context<AppEnv>,
  kind: ConsentKind,
): Promise<Consent[]> {
  const signedIn = await deps.callers.get(context)
  return await listConsents(deps.db, { kakaoId: await getKakaoIdOf(deps.db, signedIn), kind })
}

/** What the service requires is required, whatever Kakao says. */
function toItemView({ revoke }: MyConsentsDeps, item: Consent) {
  const isOurs = revoke.config.kakao.requiredConsents.includes(item.id)
  return { ...item, required: isOurs || item.required }
}
