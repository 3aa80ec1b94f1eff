import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Config } from '../config/index.ts'
import type { Db } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import type { AttemptSealer, FinishLoginDeps, StartLoginDeps } from '../login/index.ts'
import type { Sessions } from '../sessions/index.ts'
import { createAttemptCookies } from './attempt-cookies.ts'
import { createCookies } from './cookies.ts'
import type { AppEnv } from './env.ts'
import { type Logger, logProblem } from './log-problem.ts'
import { prepareRequest } from './prepare-request.ts'
import { problemResponse, toProblem } from './problem.ts'
import type { Route } from './route.ts'
import { fontRoute } from './routes/font.ts'
import { healthRoute, readyRoute } from './routes/health.ts'
import { homeRoute } from './routes/home.ts'
import { loginRoute } from './routes/login.ts'
import { loginCallbackRoute } from './routes/login-callback.ts'
import { logoutRoute } from './routes/logout.ts'
import { sessionRoute } from './routes/session.ts'
import { requireSameOrigin } from './same-origin.ts'
import { createSessionCookie } from './session-cookie.ts'

export interface AppDeps {
  readonly config: Config
  readonly db: Db
  readonly sessions: Sessions
  readonly attemptSealer: AttemptSealer
  readonly startLogin: StartLoginDeps
  readonly finishLogin: FinishLoginDeps
  readonly log: Logger
  readonly randomBytes: (size: number) => Uint8Array
}

/** The HTTP face: every path of ours, and a problem for everything else. */
export function createApp(deps: AppDeps): Hono<AppEnv> {
  const { config, log } = deps
  const app = new Hono<AppEnv>({ strict: false })

  app.onError(async (error, context) => {
    const problem = toProblem(error)
    logProblem(log, context, problem)
    return await problemResponse(context, problem)
  })
  app.notFound(() => {
    throw new ProblemError('not_found')
  })

  app.use(prepareRequest({ publicUrl: config.publicUrl, randomBytes: deps.randomBytes }))
  if (config.appOrigins.length > 0) app.use(allowAppOrigins(config.appOrigins))
  app.post('*', requireSameOrigin())

  const routes = createRoutes(deps)
  for (const { method, path, handle } of routes) {
    app.on(method.toUpperCase(), withoutSlash(path), handle)
  }
  for (const [path, allowed] of groupMethods(routes)) {
    app.all(withoutSlash(path), (context) => {
      context.header('allow', allowed)
      throw new ProblemError('method_not_allowed')
    })
  }
  return app
}

/** Hono drops a request's trailing slash before it looks for the route: both spellings work. */
function withoutSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '')
}

function createRoutes(deps: AppDeps): Route[] {
  const { config, db, sessions } = deps
  const cookies = createCookies({ secure: config.publicUrl.startsWith('https://') })
  const sessionCookie = createSessionCookie(cookies, config.sessions.maxMs)
  const attempts = createAttemptCookies(cookies, deps.attemptSealer, config.login.attemptTtlMs)
  const nextRules = { publicUrl: config.publicUrl, appOrigins: config.appOrigins }
  const emulatorUrl = config.kakao.startEmulator ? config.kakao.kauthUrl : undefined

  return [
    homeRoute({ db, sessions, sessionCookie, emulatorUrl }),
    loginRoute({ start: deps.startLogin, attempts, nextRules }),
    loginCallbackRoute({ finish: deps.finishLogin, attempts, sessionCookie }),
    sessionRoute({ sessions, sessionCookie }),
    logoutRoute({ sessions, sessionCookie, attempts, nextRules }),
    healthRoute(),
    readyRoute({ db }),
    fontRoute('regular'),
    fontRoute('semibold'),
  ]
}

/** Other origins use bearer tokens, so they are never sent our cookies. */
function allowAppOrigins(appOrigins: readonly string[]) {
  return cors({
    origin: (origin) => (appOrigins.includes(origin) ? origin : null),
    allowHeaders: ['authorization', 'content-type'],
    allowMethods: ['GET', 'POST', 'DELETE'],
    maxAge: 600,
  })
}

/** Which methods each path has, as the `Allow` header lists them (RFC 9110, section 10.2.1). */
function groupMethods(routes: readonly Route[]): Map<string, string> {
  const allowed = new Map<string, string>()
  for (const { method, path } of routes) {
    const methods = method === 'get' ? 'GET, HEAD' : method.toUpperCase()
    allowed.set(path, allowed.has(path) ? `${allowed.get(path)}, ${methods}` : methods)
  }
  return allowed
}
