import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { accountLogoutRoute } from './account/account-logout-route.ts'
import { connectedServicesRoute } from './account/connected-services-route.ts'
import { consentRoute } from './account/consent-route.ts'
import { LoginLostError } from './account/pending-login.ts'
import { signInRoute as accountSignInRoute } from './account/sign-in-route.ts'
import { signUpRoute as accountSignUpRoute } from './account/sign-up-route.ts'
import { termsRoute } from './account/terms-route.ts'
import { userIdsRoute } from './admin/user-ids-route.ts'
import { usersRoute } from './admin/users-route.ts'
import { authorizeRoute } from './authorize/authorize-route.ts'
import { revokeScopesRoute } from './consent/revoke-scopes-route.ts'
import { scopesRoute } from './consent/scopes-route.ts'
import { kapiErrorResponse, kauthErrorResponse, koePageResponse } from './errors/error-response.ts'
import { KapiError } from './errors/kapi-error.ts'
import { KauthError } from './errors/kauth-error.ts'
import { discoveryRoute } from './oidc/discovery-route.ts'
import { tokenInfoRoute } from './oidc/token-info-route.ts'
import { userinfoRoute } from './oidc/userinfo-route.ts'
import { lostPage } from './pages/error-page.ts'
import { pageResponse } from './pages/page-response.ts'
import { revokeServiceTermsRoute } from './terms/revoke-service-terms-route.ts'
import { serviceTermsRoute } from './terms/service-terms-route.ts'
import { upgradeServiceTermsRoute } from './terms/upgrade-service-terms-route.ts'
import { tokenRoute } from './token/token-route.ts'
import { accessTokenInfoRoute } from './user/access-token-info-route.ts'
import { logoutRoute } from './user/logout-route.ts'
import { shippingAddressRoute } from './user/shipping-address-route.ts'
import { signUpRoute } from './user/sign-up-route.ts'
import { unlinkRoute } from './user/unlink-route.ts'
import { updateProfileRoute } from './user/update-profile-route.ts'
import { userMeRoute } from './user/user-me-route.ts'
import type { RouteEnv, World } from './world.ts'

const MOST_BODY_BYTES = 1024 * 1024

/** Everything that Kakao spreads over kauth, kapi and its account pages. */
export function kakaoRoutes(world: World): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>()
    .notFound((c) => answerError(notFoundError(c.req.path), c.req.raw, world))
    .onError((error, c) => answerError(error, c.req.raw, world))
    .use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuseBody(c.req.raw, world) }))

  for (const route of [...PAGE_ROUTES, ...KAUTH_ROUTES, ...KAPI_ROUTES]) {
    app.route('/', route(world))
  }
  return app
}

const PAGE_ROUTES = [
  accountSignInRoute,
  accountSignUpRoute,
  termsRoute,
  consentRoute,
  connectedServicesRoute,
]

const KAUTH_ROUTES = [
  authorizeRoute,
  tokenRoute,
  accountLogoutRoute,
  discoveryRoute,
  tokenInfoRoute,
]

const KAPI_ROUTES = [
  userMeRoute,
  usersRoute,
  userIdsRoute,
  accessTokenInfoRoute,
  logoutRoute,
  unlinkRoute,
  signUpRoute,
  updateProfileRoute,
  shippingAddressRoute,
  scopesRoute,
  revokeScopesRoute,
  serviceTermsRoute,
  revokeServiceTermsRoute,
  upgradeServiceTermsRoute,
  userinfoRoute,
]

/** Where kauth answers errors as JSON and not as a page. */
const JSON_PATHS = ['/oauth/token', '/oauth/tokeninfo']

/** The one place where what a route throws becomes an answer. */
async function answerError(error: Error, request: Request, world: World): Promise<Response> {
  const { switches } = world
  if (error instanceof KapiError) return kapiErrorResponse(error)
  if (error instanceof LoginLostError) return pageResponse(request, lostPage, 400)
  if (!(error instanceof KauthError)) throw error
  return JSON_PATHS.includes(new URL(request.url).pathname)
    ? kauthErrorResponse(error, switches.token_challenge)
    : koePageResponse(error, request, error.koe === 'KOE002' ? 404 : switches.error_page_status)
}

/** kapi lives under a version number, all else belongs to kauth. */
function notFoundError(path: string): Error {
  return isKapi(path)
    ? new KapiError(-2, { status: 404, msg: 'no such API' })
    : new KauthError('KOE002', { status: 404 })
}

function refuseBody(request: Request, world: World): Promise<Response> {
  const isOfKapi = isKapi(new URL(request.url).pathname)
  const error = isOfKapi ? new KapiError(-2) : new KauthError('KOE001')
  return answerError(error, request, world)
}

function isKapi(path: string): boolean {
  return /^\/v\d+\//.test(path)
}
