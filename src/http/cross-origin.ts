import type { Context } from 'hono'
import type { Layer } from './route.ts'

/** For so long browsers need not ask again. */
const PREFLIGHT_SECONDS = 600

/**
 * Admits page apps of other origins: they use bearer tokens, so they are never sent our cookies.
 * Everybody else learns nothing, not even what would be admitted.
 *
 * @see [Fetch: CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol)
 */
export function allowAppOrigins(appOrigins: readonly string[]): Layer {
  return (answer) => (context) => {
    context.header('vary', 'origin', { append: true })
    const origin = context.req.header('origin')
    if (origin === undefined || !appOrigins.includes(origin)) return answer(context)

    context.header('access-control-allow-origin', origin)
    if (!isPreflight(context)) return answer(context)
    context.header('access-control-allow-methods', 'GET,POST,DELETE')
    context.header('access-control-allow-headers', 'authorization,content-type')
    context.header('access-control-max-age', String(PREFLIGHT_SECONDS))
    return context.body(null, 204)
  }
}

function isPreflight(context: Context): boolean {
  const asksForMethod = context.req.header('access-control-request-method') !== undefined
  return context.req.method === 'OPTIONS' && asksForMethod
}
