import type { Context } from 'hono'
import { ProblemError } from '../../errors.ts'
import { AccountStatusWebhookError, KakaoUnavailableError } from '../../kakao/index.ts'
import type { Logger } from '../../log.ts'
import { type AccountStatusDeps, takeAccountStatus } from '../../webhooks/index.ts'
import type { AppEnv } from '../env.ts'
import { PATHS } from '../paths.ts'
import { readWhole } from '../read-body.ts'
import type { Route } from '../route.ts'

export interface AccountStatusRouteDeps extends AccountStatusDeps {
  readonly log: Logger
}

/** `POST /webhooks/kakao/account-status/`: Kakao tells of an account in a security event token. */
export function accountStatusWebhookRoute(deps: AccountStatusRouteDeps): Route {
  return {
    method: 'post',
    path: PATHS.accountStatusWebhook,

    async handle(context) {
      const token = await readWhole(context)

      try {
        await takeAccountStatus(deps, token.trim(), context.get('circumstances'))
      } catch (error) {
        if (error instanceof AccountStatusWebhookError) {
          deps.log.info({ status: 400, code: error.code }, 'a security event token was refused')
          return answerError(context, error)
        }
        if (!(error instanceof KakaoUnavailableError)) throw error
        const { retryAfterMs } = error
        throw new ProblemError('kakao_unavailable', { retryAfterMs, cause: error })
      }
      return context.body(null, 202)
    },
  }
}

/** RFC 8935, section 2.3: the one exception to problems. */
function answerError(
  context: Context<AppEnv>,
  { code, message }: AccountStatusWebhookError,
): Response {
  context.header('content-language', 'en')
  return context.json({ err: code, description: message }, 400)
}
