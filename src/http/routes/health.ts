import { ProblemError } from '../../errors.ts'
import { createReadiness, type Readiness, type ReadinessDeps } from '../readiness.ts'
import type { Route } from '../route.ts'

/** `GET /healthz`: the process answers. */
export function healthRoute(): Route {
  return {
    method: 'get',
    path: '/healthz',
    handle: (context) => context.json({ status: 'ok' }),
  }
}

/**
 * `GET /readyz`: this instance can serve; else 503 `store_unavailable`, with what fails. How Kakao
 * is doing, whether other instances are heard, and whether the store takes writes, is told and not
 * required.
 */
export function readyRoute(deps: ReadinessDeps): Route {
  const look = createReadiness(deps)
  return {
    method: 'get',
    path: '/readyz',
    async handle(context) {
      const readiness = await look()
      if (readiness.failing.length > 0) throw toProblem(readiness)
      const { isReadOnly, migrations, isListening, kakaoKeys, kakao } = readiness
      return context.json({
        status: 'ok',
        store: isReadOnly ? 'read_only' : 'ok',
        migrations,
        listening: isListening,
        keys: { signing: 'ok', kakao: kakaoKeys },
        kakao,
      })
    },
  }
}

const DETAILS = {
  store: 'The store does not answer.',
  migrations: 'The schema of the store is older than this version.',
  keys: 'The signing keys in the store are sealed under another SECRET_KEY.',
} as const satisfies Record<Readiness['failing'][number], string>

function toProblem({ failing, cause }: Readiness): ProblemError {
  const detail = failing.map((part) => DETAILS[part]).join(' ')
  return new ProblemError('store_unavailable', { detail, fields: { failing }, cause })
}
