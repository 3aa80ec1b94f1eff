import { isStoreUnavailable } from '../db/index.ts'
import { ProblemError } from '../errors.ts'
import { KakaoError } from '../kakao/index.ts'
import { toLoginProblem } from './kakao-problem.ts'

/** Gives anything thrown its code. Unknown failures say nothing about themselves. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof KakaoError) return toLoginProblem(error)
  const code = isStoreUnavailable(error) ? 'store_unavailable' : 'internal'
  return new ProblemError(code, { cause: error })
}
