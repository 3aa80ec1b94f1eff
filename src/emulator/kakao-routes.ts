import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { accountLogoutRoute } from './account/account-logout-route.ts'
import { consentRoute } from './account/consent-route.ts'
import { LoginLostError } from './account/pending-login.ts'
import { signInRoute } from './account/sign-in-route.ts'
import { signUpRoute } from './account/sign-up-route.ts'
import { termsRoute } from './account/terms-route.ts'
import { authorizeRoute } from './authorize/authorize-route.ts'
import { kapiErrorResponse, kauthErrorResponse, koePageResponse } from './errors/error-response.ts'
import { KapiError } from './errors/kapi-error.ts'
import { KauthError } from './errors/kauth-error.ts'
import { discoveryRoute } from './oidc/discovery-route.ts'
import { userinfoRoute } from './oidc/userinfo-route.ts'
import { lostPage } from './pages/error-page.ts'
import { pageResponse } from './pages/page-response.ts'
import { tokenRoute } from './token/token-route.ts'
import { accessTokenInfoRoute } from './user/access-token-info-route.ts'
import { logoutRoute } from './user/logout-route.ts'
import { userMeRoute } from './user/user-me-route.ts'
import type { RouteEnv, World } from './world.ts'

const MOST_BODY_BYTES = 1024 * 1024

/** Everything that Kakao spreads over kauth, kapi and its account pages. */
export function kakaoRoutes(world: World): Hono<RouteEnv> {
  const app = new Hono<RouteEnv>()
    .notFound((c) => answerError(notFoundError(c.req.path), c.req.raw, world))
    .onError((error, c) => answerError(error, c.req.raw, world))
    .use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (c) => refuseBody(c.req.raw, world) }))

  const routes = [
    authorizeRoute,
    signInRoute,
    signUpRoute,
    termsRoute,
    consentRoute,
    tokenRoute,
    discoveryRoute,
    userMeRoute,
    userinfoRoute,
    accessTokenInfoRoute,
    logoutRoute,
    accountLogoutRoute,
  ]
  for (const route of routes) app.route('/', route(world))
  return app
}

/** The one place where what a route throws becomes an answer. */
async function answerError(error: Error, request: Request, world: World): Promise<Response> {
  const { switches } = world
  if (error instanceof KapiError) return kapiErrorResponse(error)
  if (error instanceof LoginLostError) return pageResponse(request, lostPage, 400)
  if (!(error instanceof KauthError)) throw error
  return new URL(request.url).pathname === '/oauth/token'
    ? kauthErrorResponse(error, switches.tokenChallenge)
    : koePageResponse(error, request, error.koe === 'KOE002' ? 404 : switches.errorPageStatus)
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
