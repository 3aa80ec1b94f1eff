import type { Context } from 'hono'
import type { ProblemError } from '../errors.ts'
import { explainKakaoCode, type KakaoCodeEntry } from '../kakao/index.ts'
import type { Logger } from '../log.ts'
import type { AppEnv } from './env.ts'
import { statusOf } from './problem.ts'

const LONGEST_PATH = 256

/** Writes down a problem that is about to be answered: the path as it was sent, never the query. */
export function logProblem(log: Logger, context: Context<AppEnv>, problem: ProblemError): void {
  const { code, kakaoCode, cause } = problem
  const status = statusOf(problem)
  const entry = kakaoCode === undefined ? undefined : explainKakaoCode(kakaoCode)

  log[levelOf(status)](
    {
      method: context.req.method,
      path: new URL(context.req.url).pathname.slice(0, LONGEST_PATH),
      status,
      code,
      ...(kakaoCode !== undefined && { kakao_code: kakaoCode }),
      ...(entry !== undefined && toAdvice(entry)),
      ...(cause !== undefined && { err: cause }),
    },
    `answered with problem ${code}`,
  )
}

/** Which setting to mend, and where. */
function toAdvice({ cause, remedy, console, variables }: KakaoCodeEntry) {
  return { cause: cause.en, remedy: remedy.en, console: console?.en, variables }
}

function levelOf(status: number): 'info' | 'warn' | 'error' {
  if (status < 500) return 'info'
  return status === 503 ? 'warn' : 'error'
}
