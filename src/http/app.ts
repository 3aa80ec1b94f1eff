import { Hono, type MiddlewareHandler } from 'hono'
import { ProblemError } from '../errors.ts'
import { toProblem } from '../login/index.ts'
import { allowAppOrigins } from './cross-origin.ts'
import type { AppEnv } from './env.ts'
import { logProblem } from './log-problem.ts'
import { prepareRequest } from './prepare-request.ts'
import { problemResponse } from './problem.ts'
import type { Route } from './route.ts'
import { createRoutes } from './routes.ts'
import type { Services } from './services.ts'

/** The HTTP face: every path of ours, and a problem for everything else. */
export function createApp(services: Services): Hono<AppEnv> {
  const { config, log, randomBytes } = services
  const routes = createRoutes(services)
  const app = new Hono<AppEnv>({ strict: false })

  app.onError(async (error, context) => {
    const problem = toProblem(error)
    logProblem(log, context, problem)
    return await problemResponse(context, problem)
  })
  app.notFound(() => {
    throw new ProblemError('not_found')
  })

  for (const { path } of routes.filter(({ hasOAuthErrors }) => hasOAuthErrors)) {
    app.use(withoutSlash(path), async (context, next) => {
      context.set('hasOAuthErrors', true)
      await next()
    })
  }
  const { publicUrl, trustProxy } = config
  app.use(prepareRequest({ publicUrl, trustProxy, randomBytes }))
  if (config.appOrigins.length > 0) app.use(allowAppOrigins(config.appOrigins))

  for (const route of routes) {
    const handle = route.hasEffects ? unlessHead(route.handle) : route.handle
    app.on(route.method.toUpperCase(), withoutSlash(route.path), handle)
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

/** Hono answers a `HEAD` by the route for `GET`; here it goes on to where other methods are refused. */
function unlessHead(handle: Route['handle']): MiddlewareHandler<AppEnv> {
  return async (context, next) =>
    context.req.method === 'HEAD' ? await next() : await handle(context)
}

/** Which methods each path has, as the `Allow` header lists them (RFC 9110, section 10.2.1). */
function groupMethods(routes: readonly Route[]): Map<string, string> {
  const allowed = new Map<string, string>()
  for (const { method, path, hasEffects } of routes) {
    const methods = method === 'get' && !hasEffects ? 'GET, HEAD' : method.toUpperCase()
    allowed.set(path, allowed.has(path) ? `${allowed.get(path)}, ${methods}` : methods)
  }
  return allowed
}
