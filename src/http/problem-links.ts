import type { Context } from 'hono'
import type { ProblemError, ProblemFields } from '../errors.ts'
import type { AppEnv } from './env.ts'
import { PATHS, toLoginPath } from './paths.ts'

/** The fields of a problem, with the address that leads on from it, if one does. */
export function toProblemFields(context: Context<AppEnv>, problem: ProblemError): ProblemFields {
  const { code, fields } = problem
  const publicUrl = context.get('publicUrl')
  const next = context.get('next')
  if (code === 'consent_required') {
    return { ...fields, consent_url: publicUrl + toConsentLogin(fields.missing_consents, next) }
  }
  if (code === 'consent_needed') {
    const path = context.get('isSignedIn') ? toConsentPath : toConsentLogin
    return { ...fields, consent_url: publicUrl + path(fields.required_scopes, next) }
  }
  if (code === 'recent_login_required') {
    return { login_url: `${publicUrl}${toLoginPath(next)}&prompt=login`, ...fields }
  }
  return fields
}

/** A login that asks for these as well. */
function toConsentLogin(scopes: ProblemFields[string] | undefined, next?: string): string {
  return `${PATHS.login}?scope=${['openid', ...toList(scopes)].join(',')}${toNext(next)}`
}

/** Asks for them without a login. */
function toConsentPath(scopes: ProblemFields[string] | undefined, next?: string): string {
  return `${PATHS.consent}?scope=${toList(scopes).join(',')}${toNext(next)}`
}

function toList(scopes: ProblemFields[string] | undefined): readonly string[] {
  return Array.isArray(scopes) ? scopes.map(encodeURIComponent) : []
}

function toNext(next: string | undefined): string {
  return next === undefined ? '' : `&${new URLSearchParams({ next })}`
}
