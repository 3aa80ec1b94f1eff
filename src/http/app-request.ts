import { ProblemError } from '../errors.ts'
import { type AppRequest, addToNext, type LoginAttempt } from '../login/index.ts'
import { PATHS } from './paths.ts'

export interface AppQuery {
  readonly next?: string
  readonly code_challenge?: string
  readonly code_challenge_method?: string
  readonly state?: string
}

/** A SHA-256 as base64url. */
const CHALLENGE = /^[\w-]{43}$/
/** RFC 6749, appendix A.5, and as much as fits the attempt's cookie. */
const STATE = /^[\x20-\x7e]{1,512}$/

/**
 * Reads what an app asks for with `delivery=code`: where the one-time code goes, and what it will be
 * bound to.
 *
 * @param appCallbackUrls Where codes may go, compared as text.
 * @throws {ProblemError} `next_not_allowed`, `parameter_invalid`
 * @see [RFC 7636, 4.3](https://www.rfc-editor.org/rfc/rfc7636.html#section-4.3)
 */
export function readAppRequest(
  { next, code_challenge: codeChallenge, code_challenge_method: method, state }: AppQuery,
  appCallbackUrls: readonly string[],
): { next: string; app: AppRequest } {
  if (next === undefined) throw invalid('next')
  if (!appCallbackUrls.includes(next)) throw new ProblemError('next_not_allowed')
  if (codeChallenge === undefined || !CHALLENGE.test(codeChallenge)) throw invalid('code_challenge')
  if (method !== 'S256') throw invalid('code_challenge_method')
  if (state !== undefined && !STATE.test(state)) throw invalid('state')
  return { next, app: { codeChallenge, ...(state !== undefined && { state }) } }
}

/** The app's URL with a parameter, and the `state` that it gave. */
export function toAppUrl(
  { next = PATHS.home, app }: LoginAttempt,
  name: string,
  value: string,
): string {
  const url = addToNext(next, name, value)
  return app?.state === undefined ? url : addToNext(url, 'state', app.state)
}

function invalid(name: string): ProblemError {
  return new ProblemError('parameter_invalid', { detail: `The parameter ${name} is not valid.` })
}
