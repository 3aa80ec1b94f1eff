import type { Context } from 'hono'
import {
  addToNext,
  type FinishLoginDeps,
  isTurnedBack,
  type LoginAttempt,
  noteFailedLogin,
  toRedirectProblem,
} from '../login/index.ts'
import { toAppUrl } from './app-request.ts'
import type { AppEnv } from './env.ts'
import { PATHS } from './paths.ts'

/** What Kakao's redirect says instead of a code (RFC 6749, 4.1.2.1). */
export interface RedirectError {
  readonly attempt: LoginAttempt
  /** The error word. */
  readonly error: string
}

/**
 * Answers a login that Kakao ended with an `error`. A visitor who turned back goes where they were
 * going, told so; a silent try is not even told.
 *
 * @throws {ProblemError} `login_cancelled`, where there is nowhere to go; `kakao_misconfigured`,
 * `kakao_unavailable`.
 */
export async function answerRedirectError(
  deps: FinishLoginDeps,
  context: Context<AppEnv>,
  redirectError: RedirectError,
): Promise<Response> {
  await noteError(deps, context, redirectError)
  const target = findTarget(redirectError)
  if (target === undefined) throw toRedirectProblem(redirectError.error)
  return context.redirect(target, 303)
}

/** A silent try is no login that failed, nor is a member's refusal to agree to more. */
async function noteError(
  deps: FinishLoginDeps,
  context: Context<AppEnv>,
  redirectError: RedirectError,
): Promise<void> {
  const { attempt, error } = redirectError
  if (isUntold(redirectError) || attempt.member !== undefined) return
  await noteFailedLogin(deps, context.get('circumstances'), toRedirectProblem(error))
}

/** A try with `prompt=none` that would have had to ask. */
function isUntold({ attempt, error }: RedirectError): boolean {
  return attempt.silent && isTurnedBack(error) && error !== 'access_denied'
}

function findTarget(redirectError: RedirectError): string | undefined {
  const { attempt, error } = redirectError
  const { delivery, next = PATHS.home } = attempt
  if (!isTurnedBack(error)) return undefined

  const isSilent = isUntold(redirectError)
  if (delivery === 'code') return toAppUrl(attempt, 'error', isSilent ? error : 'access_denied')
  if (isSilent) return next
  return delivery === 'cookie' ? addToNext(next, 'error', 'access_denied') : undefined
}
