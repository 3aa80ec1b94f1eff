import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { ProblemError } from '../errors.ts'
import { toProblem } from '../login/index.ts'
import { allowAppOrigins } from './cross-origin.ts'
import type { AppEnv } from './env.ts'
import { limitAddress } from './limit-address.ts'
import { logProblem } from './log-problem.ts'
import { prepareRequest } from './prepare-request.ts'
import { problemResponse } from './problem.ts'
import type { Handle, Layer, Route } from './route.ts'
import { createRoutes } from './routes.ts'
import type { Services } from './services.ts'
import { traceRequest } from './trace-request.ts'

/** The HTTP face: every path of ours, and a problem for everything else. */
export function createApp(services: Services): Hono<AppEnv> {
  const { config, log, limits, tracer, randomBytes } = services
  const { publicUrl, trustProxy, appOrigins } = config
  const app = new Hono<AppEnv>({ strict: false })

  const answerProblem = async (error: unknown, context: Context<AppEnv>) => {
    const problem = toProblem(error)
    logProblem(log, context, problem)
    return await problemResponse(context, problem)
  }
  // Of what fails in telling of a failure.
  app.onError(answerProblem)

  const layers: readonly Layer[] = [
    traceRequest({ tracer, publicUrl, randomBytes }),
    catching(answerProblem),
    prepareRequest({ publicUrl, trustProxy }),
    ...(appOrigins.length > 0 ? [allowAppOrigins(appOrigins)] : []),
  ]
  const inLayers: Layer = (answer) => layers.reduceRight((inner, layer) => layer(inner), answer)

  const routes = createRoutes(services).map((route) => limitAddress(limits, route))
  for (const route of routes) {
    const handle = nameRoute(route, inLayers(route.handle))
    const method = route.method.toUpperCase()
    app.on(method, withoutSlash(route.path), route.hasEffects ? unlessHead(handle) : handle)
  }
  for (const [path, ofPath] of Map.groupBy(routes, ({ path }) => path)) {
    const refuse = inLayers(refuseMethod(toAllowed(ofPath)))
    const hasOAuthErrors = ofPath.some((route) => route.hasOAuthErrors)
    app.all(withoutSlash(path), nameRoute({ path, hasOAuthErrors }, refuse))
  }
  app.notFound(
    inLayers(() => {
      throw new ProblemError('not_found')
    }),
  )
  return app
}

/** Hono drops a request's trailing slash before it looks for the route: both spellings work. */
function withoutSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/$/, '')
}

/** Makes answers of what is thrown. */
function catching(
  answerProblem: (error: unknown, context: Context<AppEnv>) => Promise<Response>,
): Layer {
  return (answer) => async (context) => {
    try {
      return await answer(context)
    } catch (error) {
      return await answerProblem(error, context)
    }
  }
}

/** Says which endpoint it is that answers, for who counts and traces, and in which form it fails. */
function nameRoute(
  { path, hasOAuthErrors = false }: Pick<Route, 'path' | 'hasOAuthErrors'>,
  answer: Handle,
): Handle {
  return (context) => {
    context.set('route', path)
    context.set('hasOAuthErrors', hasOAuthErrors)
    return answer(context)
  }
}

/** Hono answers a `HEAD` by the route for `GET`; here it goes on to where other methods are refused. */
function unlessHead(answer: Handle): MiddlewareHandler<AppEnv> {
  return async (context, next) =>
    context.req.method === 'HEAD' ? await next() : await answer(context)
}

function refuseMethod(allowed: string): Handle {
  return (context) => {
    context.header('allow', allowed)
    throw new ProblemError('method_not_allowed')
  }
}

/** Which methods a path has, as the `Allow` header lists them (RFC 9110, section 10.2.1). */
function toAllowed(routes: readonly Route[]): string {
  const methods = routes.map(({ method, hasEffects }) =>
    method === 'get' && !hasEffects ? 'GET, HEAD' : method.toUpperCase(),
  )
  return methods.join(', ')
}
