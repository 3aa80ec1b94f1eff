import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode, ProblemError, ProblemFields } from '../errors.ts'
import { PROBLEM_TEXTS, pickLanguage, problemPage } from '../pages/index.ts'
import type { AppEnv } from './env.ts'
import { htmlResponse } from './html-response.ts'
import { isBrowser } from './is-browser.ts'
import { oauthErrorResponse } from './oauth-error.ts'
import { PATHS, toLoginPath } from './paths.ts'
import { toProblemFields } from './problem-links.ts'

/** A new code does not compile until it has a status here. */
const STATUS = {
  parameter_invalid: 400,
  duplicate_parameter: 400,
  next_not_allowed: 400,
  redirect_uri_not_allowed: 400,
  state_invalid: 400,
  attempt_missing: 400,
  attempt_invalid: 400,
  attempt_expired: 400,
  code_missing: 400,
  code_refused: 400,
  code_used: 400,
  token_missing: 400,
  login_cancelled: 400,
  id_token_invalid: 400,
  id_token_stale: 400,
  id_token_used: 400,
  nonce_mismatch: 400,
  account_facts_missing: 400,
  access_token_not_accepted: 400,
  grant_invalid: 400,
  grant_type_unsupported: 400,
  not_signed_in: 401,
  kakao_token_refused: 401,
  kakao_token_foreign: 401,
  webhook_unauthorized: 401,
  cross_site: 403,
  consent_required: 403,
  consent_needed: 403,
  recent_login_required: 403,
  rejoin_too_early: 403,
  not_found: 404,
  consent_unknown: 404,
  method_not_allowed: 405,
  consent_not_revocable: 409,
  identity_mismatch: 409,
  identity_taken: 409,
  last_identity: 409,
  body_too_large: 413,
  query_too_long: 414,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  kakao_misconfigured: 502,
  kakao_unavailable: 503,
  store_unavailable: 503,
  login_interrupted: 503,
} as const satisfies Record<ErrorCode, ContentfulStatusCode>

/** After which of them a visitor does well to begin the login again. */
const MENDED_BY_LOGIN: ReadonlySet<ErrorCode> = new Set([
  'state_invalid',
  'code_missing',
  'code_refused',
  'code_used',
  'token_missing',
  'login_cancelled',
  'id_token_invalid',
  'nonce_mismatch',
  'account_facts_missing',
  'not_signed_in',
  'kakao_unavailable',
  'login_interrupted',
])

/** What is over by itself after a while. */
const PASSING: ReadonlySet<number> = new Set([429, 503])
const RETRY_AFTER_MS = 5000

export function statusOf({ code }: ProblemError): ContentfulStatusCode {
  return STATUS[code]
}

/**
 * Answers with a problem: a page for browsers, `application/problem+json` for all others.
 *
 * @see [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457.html)
 */
export async function problemResponse(
  context: Context<AppEnv>,
  problem: ProblemError,
): Promise<Response> {
  const status = statusOf(problem)
  context.header('cache-control', 'no-store')
  if (status === 401) context.header('www-authenticate', 'Bearer')
  if (PASSING.has(status)) context.header('retry-after', toRetryAfter(problem))

  if (context.get('hasOAuthErrors')) return oauthErrorResponse(context, problem, status)
  const fields = toProblemFields(context, problem)
  const answer = isBrowser(context) ? toPage : toJson
  return await answer(context, problem, fields)
}

/** Whole seconds, at least one (RFC 9110, section 10.2.3). */
function toRetryAfter({ retryAfterMs = RETRY_AFTER_MS }: ProblemError): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1000)))
}

function toJson(
  context: Context<AppEnv>,
  { code, kakaoCode, detail }: ProblemError,
  fields: ProblemFields,
): Response {
  const status = STATUS[code]
  const { title, text } = PROBLEM_TEXTS.en[code]
  const body = {
    type: `urn:daemun:problem:${code}`,
    title,
    status,
    detail: detail ?? text,
    code,
    ...(kakaoCode !== undefined && { kakao_code: kakaoCode }),
    ...fields,
    request_id: context.get('requestId'),
  }
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}

async function toPage(
  context: Context<AppEnv>,
  { code, kakaoCode, withdrawalTicket: ticket }: ProblemError,
  { consent_url, login_url, missing_consents: missing, rejoin_at }: ProblemFields,
): Promise<Response> {
  const publicUrl = context.get('publicUrl')
  const wayOn = consent_url ?? login_url
  const page = problemPage({
    language: pickLanguage(context.req.header('accept-language')),
    status: STATUS[code],
    code,
    kakaoCode,
    requestId: context.get('requestId'),
    loginUrl: wayOn?.toString() ?? findLoginUrl(context, code),
    until: rejoin_at ? new Date(rejoin_at.toString()) : undefined,
    homeUrl: `${publicUrl}/`,
    missingConsents: Array.isArray(missing) ? missing : undefined,
    withdrawal: ticket === undefined ? undefined : { action: PATHS.withdraw, ticket },
  })
  return await htmlResponse(context, page, STATUS[code])
}

function findLoginUrl(context: Context<AppEnv>, code: ErrorCode): string | undefined {
  if (!MENDED_BY_LOGIN.has(code)) return undefined
  return context.get('publicUrl') + toLoginPath(context.get('next'))
}
