import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ProblemError } from '../errors.ts'
import { PROBLEM_TEXTS } from '../pages/index.ts'
import type { AppEnv } from './env.ts'

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
      error_description: detail ?? PROBLEM_TEXTS.en[code].text,
      code,
      request_id: context.get('requestId'),
    },
    status,
  )
}

function toErrorWord(code: ProblemError['code'], status: number): string {
  if (code === 'grant_invalid') return 'invalid_grant'
  if (code === 'grant_type_unsupported') return 'unsupported_grant_type'
  if (status === 503) return 'temporarily_unavailable'
  return status >= 500 ? 'server_error' : 'invalid_request'
}
