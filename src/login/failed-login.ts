import type { ErrorCode, ProblemError } from '../errors.ts'
import type { Circumstances, Transact } from '../events/index.ts'
import { toProblem } from './to-problem.ts'

export interface FailedLoginDeps {
  readonly transact: Transact
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
  { transact, onError }: FailedLoginDeps,
  circumstances: Circumstances,
  { code }: ProblemError,
): Promise<void> {
  const result = FAILURES.has(code) ? 'failed' : 'refused'
  const note = { action: 'login.failed', result, code } as const
  await transact(circumstances, async (unit) => unit.note(note)).catch(onError)
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
