import { checkBearer } from './bearer.ts'
import type { AccessTokenClaims, Verifier } from './verifier.ts'

/** As much of Hono's context as is used. */
export interface HonoContext {
  readonly req: { header(name: string): string | undefined }
  set(name: 'user', claims: AccessTokenClaims): void
}

/**
 * Hono: `app.use('/api/*', honoAuth(verifier))`, then `c.get('user')`.
 *
 * Without a good access token it answers 401 with `WWW-Authenticate` (RFC 6750, section 3), and 503
 * with `Retry-After` while the issuer's keys cannot be had.
 */
export function honoAuth(verifier: Verifier) {
  return async (c: HonoContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const result = await checkBearer(verifier, c.req.header('authorization'))
    if ('refusal' in result) {
      const { status, headers, body } = result.refusal
      return Response.json(body, { status, headers })
    }
    c.set('user', result.claims)
    await next()
    return undefined
  }
}

interface NodeRequest {
  readonly headers: { readonly authorization?: string | undefined }
  user?: AccessTokenClaims
}

/** As much of Express's response as is used. */
export interface ExpressResponse {
  status(code: number): this
  set(headers: Readonly<Record<string, string>>): this
  json(body: unknown): unknown
}

/** Express: `app.use('/api', expressAuth(verifier))`, then `req.user`. It answers as {@link honoAuth}. */
export function expressAuth(verifier: Verifier) {
  return async (
    request: object,
    response: ExpressResponse,
    next: (error?: unknown) => void,
  ): Promise<void> => {
    const incoming = request as NodeRequest
    try {
      const result = await checkBearer(verifier, incoming.headers.authorization)
      if ('refusal' in result) {
        const { status, headers, body } = result.refusal
        response.status(status).set(headers).json(body)
        return
      }
      incoming.user = result.claims
    } catch (error) {
      next(error)
      return
    }
    next()
  }
}

/** As much of Fastify's reply as is used. */
export interface FastifyReply {
  code(status: number): this
  headers(headers: Readonly<Record<string, string>>): this
  send(body: unknown): this
}

/**
 * Fastify: `app.addHook('onRequest', fastifyAuth(verifier))`, then `request.user`. It answers as
 * {@link honoAuth}.
 */
export function fastifyAuth(verifier: Verifier) {
  return async (request: object, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const incoming = request as NodeRequest
    const result = await checkBearer(verifier, incoming.headers.authorization)
    if ('refusal' in result) {
      const { status, headers, body } = result.refusal
      return reply.code(status).headers(headers).send(body)
    }
    incoming.user = result.claims
    return undefined
  }
}
