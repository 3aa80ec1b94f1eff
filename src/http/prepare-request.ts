import type { Context } from 'hono'
import { ProblemError } from '../errors.ts'
import type { Circumstances } from '../events/index.ts'
import { findAddress } from './address.ts'
import type { AppEnv } from './env.ts'
import { MOST_BODY_BYTES } from './read-body.ts'
import type { Layer } from './route.ts'

const LONGEST_QUERY = 8 * 1024
/** A proxy that guards paths may not work these out as we would: no client sends them by itself. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i

export interface PrepareRequestDeps {
  readonly publicUrl: string
  readonly trustProxy: number
}

/** Bounds the size of each request, and sets what every answer carries. */
export function prepareRequest({ publicUrl, trustProxy }: PrepareRequestDeps): Layer {
  return (answer) => (context) => {
    const requestId = context.get('requestId')
    context.set('publicUrl', publicUrl)
    context.set('circumstances', readCircumstances(context, { requestId, trustProxy }))
    context.header('x-request-id', requestId)
    // What anybody may keep says so itself.
    context.header('cache-control', 'no-store')
    context.header('x-content-type-options', 'nosniff')
    // Not `no-referrer`: under it a form post says `Origin: null`, and our log-out refuses that.
    context.header('referrer-policy', 'same-origin')

    const { url } = context.req
    const queryAt = url.indexOf('?')
    if (queryAt >= 0 && url.length - queryAt > LONGEST_QUERY) {
      throw new ProblemError('query_too_long')
    }
    if (Number(context.req.header('content-length') ?? 0) > MOST_BODY_BYTES) {
      throw new ProblemError('body_too_large')
    }
    if (isOddPath(context)) throw new ProblemError('not_found')
    return answer(context)
  }
}

function isOddPath(context: Context<AppEnv>): boolean {
  const target = context.env?.incoming?.url ?? context.req.url
  const [path = ''] = target.split(/[?#]/, 1)
  // No name of ours holds U+0000, and not every database can look for one that does.
  return DOT_SEGMENT.test(path) || path.includes('%00')
}

function readCircumstances(
  context: Context<AppEnv>,
  { requestId, trustProxy }: { requestId: string; trustProxy: number },
): Circumstances {
  const address = findAddress(context, trustProxy)
  const userAgent = context.req.header('user-agent')
  return {
    requestId,
    ...(address !== undefined && { address }),
    ...(userAgent !== undefined && { userAgent }),
  }
}
