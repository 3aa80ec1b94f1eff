import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorCode, ProblemError } from '../errors.ts'
import { PROBLEM_TEXTS } from '../pages/index.ts'
import type { AppEnv } from './env.ts'

/** Read by developers, whom the texts for visitors would send to the front page. */
const DESCRIPTIONS: Partial<Record<ErrorCode, string>> = {
  grant_invalid:
    'The code or token is unknown, expired, revoked or used before, or code_verifier or redirect_uri do not belong to it.',
  duplicate_parameter: 'A parameter is there more than once.',
  unsupported_media_type: 'The body must be application/x-www-form-urlencoded.',
  method_not_allowed: 'The method must be POST.',
  body_too_large: 'The body is larger than 64 KB.',
  query_too_long: 'The query is longer than 8 KB. Parameters belong into the body.',
}

/**
 * Answers an error as OAuth clients expect it, with our code beside.
 *
 * @see [RFC 6749, 5.2](https://www.rfc-editor.org/rfc/rfc6749.html#section-5.2)
 */
export function oauthErrorResponse(
  context: Context<AppEnv>,
  { code, detail }: ProblemError,
  status: ContentfulStatusCode,
): Response {
  context.header('pragma', 'no-cache')
  return context.json(
    {
      error: toErrorWord(code, status),
      error_description: detail ?? DESCRIPTIONS[code] ?? PROBLEM_TEXTS.en[code].text,
      code,
      request_id: context.get('requestId'),
    },
    status,
  )
}

function toErrorWord(code: ErrorCode, status: number): string {
  if (code === 'grant_invalid') return 'invalid_grant'
  if (code === 'grant_type_unsupported') return 'unsupported_grant_type'
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}
