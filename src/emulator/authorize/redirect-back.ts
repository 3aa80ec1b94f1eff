import type { World } from '../world.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import type { Step } from './next-step.ts'

/** What a login can fail with so that the app is told. */
export const LOGIN_ERRORS = [
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'unauthorized_client',
] as const

export interface LoginRefusal {
  readonly error: (typeof LOGIN_ERRORS)[number]
  readonly error_description: string
}

export const CANCELLED: LoginRefusal = {
  error: 'access_denied',
  error_description: 'User denied access',
}

export const TOO_YOUNG: LoginRefusal = {
  error: 'access_denied',
  error_description: 'Not allowed under age 14',
}

export const APP_BLOCKED: LoginRefusal = {
  error: 'unauthorized_client',
  error_description: 'blocked app',
}

/** What `prompt=none` answers when a step would need the person. */
export function refusalWithoutPages(step: Step, { switches }: World): LoginRefusal | undefined {
  if (step.kind === 'sign_in') {
    return { error: 'login_required', error_description: switches.login_required_text }
  }
  if (step.kind === 'interaction') {
    return { error: 'interaction_required', error_description: switches.interaction_required_text }
  }
  if (step.kind === 'consent') {
    return { error: 'consent_required', error_description: 'user consent required.' }
  }
  return undefined
}

/** Sends the browser back to the app: 302, in the query only (RFC 6749, section 4.1.2). */
export function redirectBack(
  { redirectUri, state }: AuthorizeRequest,
  result: { readonly code: string } | LoginRefusal,
): Response {
  return redirectTo(redirectUri, { ...result, ...(state !== undefined && { state }) })
}

/** Sends the browser to an app's URI with parameters added. */
export function redirectTo(uri: string, parameters: Readonly<Record<string, string>>): Response {
  // `URLSearchParams` would write a space as "+"; Kakao writes "%20".
  const query = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const separator = query === '' ? '' : uri.includes('?') ? '&' : '?'
  return new Response(null, {
    status: 302,
    headers: { location: toAscii(uri + separator + query), 'cache-control': 'no-store' },
  })
}

/** A header holds no other characters than these; a URI may have been registered with others. */
function toAscii(uri: string): string {
  return uri.toWellFormed().replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent)
}
