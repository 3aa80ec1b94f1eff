import { Hono, type MiddlewareHandler } from 'hono'
import { ProblemError } from '../errors.ts'
import { toProblem } from '../login/index.ts'
import { allowAppOrigins } from './cross-origin.ts'
import type { AppEnv } from './env.ts'
import { limitAddress } from './limit-address.ts'
import { logProblem } from './log-problem.ts'
import { prepareRequest } from './prepare-request.ts'
import { problemResponse } from './problem.ts'
import type { Route } from './route.ts'
import { createRoutes } from './routes.ts'
import type { Services } from './services.ts'
import { traceRequest } from './trace-request.ts'

/** The HTTP face: every path of ours, and a problem for everything else. */
export function createApp(services: Services): Hono<AppEnv> {
  const { config, log, tracer, randomBytes } = services
  const { publicUrl, trustProxy } = config
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

  app.use(traceRequest({ tracer, publicUrl, randomBytes }))
  for (const { path } of routes.filter(({ hasOAuthErrors }) => hasOAuthErrors)) {
    app.use(withoutSlash(path), async (context, next) => {
      context.set('hasOAuthErrors', true)
      await next()
    })
  }
  app.use(prepareRequest({ publicUrl, trustProxy }))
  if (config.appOrigins.length > 0) app.use(allowAppOrigins(config.appOrigins))

  for (const route of routes) {
    const handle = nameRoute(limitAddress(services.limits, route))
    const method = route.method.toUpperCase()
    app.on(method, withoutSlash(route.path), route.hasEffects ? unlessHead(handle) : handle)
  }
  for (const [path, allowed] of groupMethods(routes)) {
    app.all(withoutSlash(path), (context) => {
      context.set('route', path)
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

/** Says which endpoint it is that answers, for who counts and traces. */
function nameRoute({ path, handle }: Route): Route['handle'] {
  return (context) => {
    context.set('route', path)
    return handle(context)
  }
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
