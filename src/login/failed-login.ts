import type { ErrorCode, ProblemError } from '../errors.ts'
import type { Circumstances, Transact } from '../events/index.ts'
import { toProblem } from './to-problem.ts'

/** How a login ended that did not go well: turned down by a rule, by the visitor, or broken. */
export type FailedLoginResult = 'refused' | 'cancelled' | 'failed'

/** A login that failed, for whoever counts them. */
export interface FailedLogin {
  readonly result: FailedLoginResult
  readonly kakaoCode: string | number | undefined
}

export interface FailedLoginDeps {
  readonly transact: Transact
  /** Told of each, with the store away too. */
  readonly onFailedLogin: (failed: FailedLogin) => void
  /** Told of failures that the visitor's answer does not wait for. */
  readonly onError: (error: unknown) => void
}

/** Something was away or broken; all other logins that fail are refused by a rule. */
const FAILURES: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'kakao_misconfigured',
  'kakao_unavailable',
  'login_interrupted',
  'store_unavailable',
])

/**
 * Has the audit log tell of a login that failed, and why; not whose: nobody has proven that. Never
 * rejects: with the store away too, what went wrong first is still what the visitor hears.
 */
export async function noteFailedLogin(
  deps: FailedLoginDeps,
  circumstances: Circumstances,
  problem: ProblemError,
): Promise<void> {
  const { transact, onError } = deps
  const { code } = problem
  countFailedLogin(deps, problem)
  // What is refused because there is too much of it must not be written down each time.
  if (code === 'rate_limited') return
  const result = toResult(code) === 'failed' ? 'failed' : 'refused'
  const note = { action: 'login.failed', result, code } as const
  await transact(circumstances, async (unit) => unit.note(note)).catch(onError)
}

/** Counts a login that failed. Alone, where the store is away and no audit log can be written. */
export function countFailedLogin(
  { onFailedLogin }: Pick<FailedLoginDeps, 'onFailedLogin'>,
  { code, kakaoCode }: ProblemError,
): void {
  onFailedLogin({ result: toResult(code), kakaoCode })
}

function toResult(code: ErrorCode): FailedLoginResult {
  if (code === 'login_cancelled') return 'cancelled'
  return FAILURES.has(code) ? 'failed' : 'refused'
}

/** Does a part of a login; where it fails, the audit log tells so. What it throws goes on. */
export async function notingFailure<T>(
  deps: FailedLoginDeps,
  circumstances: Circumstances,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const problem = toProblem(error)
    await noteFailedLogin(deps, circumstances, problem)
    throw problem
  }
}

/** Does the very first step of a login, without which nothing can be noted. What it throws goes on. */
export async function countingFailure<T>(
  deps: Pick<FailedLoginDeps, 'onFailedLogin'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    countFailedLogin(deps, toProblem(error))
    throw error
  }
}
