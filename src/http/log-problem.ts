import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ProblemError } from '../errors.ts'
import { explainKakaoCode, type KakaoCodeEntry } from '../kakao/index.ts'
import type { Logger } from '../log.ts'
import type { AppEnv } from './env.ts'
import { statusOf } from './problem.ts'

const LONGEST_PATH = 256

/** Writes down a problem that is about to be answered: where it arose, never the query. */
export function logProblem(log: Logger, context: Context<AppEnv>, problem: ProblemError): void {
  const { code, kakaoCode, fields, cause } = problem
  const status = statusOf(problem)
  const entry = kakaoCode === undefined ? undefined : explainKakaoCode(kakaoCode)

  log[levelOf(status)](
    {
      method: context.req.method,
      path: toLoggedPath(context),
      status,
      code,
      ...('failing' in fields && { failing: fields.failing }),
      ...(kakaoCode !== undefined && { kakao_code: kakaoCode }),
      ...(entry !== undefined && toAdvice(entry)),
      ...(cause !== undefined && { err: cause }),
    },
    `answered with problem ${code}`,
  )
}

/** As it was sent; of ids of sessions and of people only that there was one: `/me/sessions/:id`. */
function toLoggedPath(context: Context<AppEnv>): string {
  const withId = matchedRoutes(context).find(({ path }) => path.includes('/:'))
  return withId?.path ?? new URL(context.req.url).pathname.slice(0, LONGEST_PATH)
}

/** Which setting to mend, and where. */
function toAdvice({ cause, remedy, console, variables }: KakaoCodeEntry) {
  return { cause: cause.en, remedy: remedy.en, console: console?.en, variables }
}

function levelOf(status: number): 'info' | 'warn' | 'error' {
  if (status < 500) return 'info'
  return status === 503 ? 'warn' : 'error'
}
