import type { Context } from 'hono'
import type { Config } from '../../config/index.ts'
import { type ErrorCode, ProblemError } from '../../errors.ts'
import {
  type KakaoUnlinkWebhook,
  readUnlinkWebhook,
  UnlinkWebhookError,
  type UnlinkWebhookErrorCode,
} from '../../kakao/index.ts'
import type { Logger } from '../../log.ts'
import { takeUnlinkWebhook, type UnlinkWebhookDeps } from '../../webhooks/index.ts'
import type { AppEnv } from '../env.ts'
import { PATHS } from '../paths.ts'
import { readWhole } from '../read-body.ts'
import type { Route } from '../route.ts'

export interface UnlinkWebhookRouteDeps {
  readonly config: Pick<Config, 'kakao'>
  readonly webhook: UnlinkWebhookDeps
  readonly log: Logger
}

const PROBLEMS = {
  unauthorized: 'webhook_unauthorized',
  app_mismatch: 'parameter_invalid',
  user_missing: 'parameter_invalid',
  too_large: 'body_too_large',
} as const satisfies Record<UnlinkWebhookErrorCode, ErrorCode>

/** `GET, POST /webhooks/kakao/unlink/`: Kakao tells that somebody's link has ended, once. */
export function unlinkWebhookRoutes(deps: UnlinkWebhookRouteDeps): Route[] {
  return (['get', 'post'] as const).map((method) => ({
    method,
    path: PATHS.unlinkWebhook,
    hasEffects: true,

    async handle(context) {
      const webhook = await read(await toWholeRequest(context), deps)
      const circumstances = context.get('circumstances')
      const isKnown = await takeUnlinkWebhook(deps.webhook, webhook, circumstances)

      deps.log.info({ known: isKnown }, 'an unlink webhook came')
      return context.body(null, 200)
    },
  }))
}

/** A body that was cut short is told for what it is. @throws As {@link readWhole}. */
async function toWholeRequest(context: Context<AppEnv>): Promise<Request> {
  const { raw } = context.req
  if (raw.method !== 'POST') return raw
  const { url, headers } = raw
  return new Request(url, { method: 'POST', headers, body: await readWhole(context) })
}

/** @throws {ProblemError} `webhook_unauthorized`, `parameter_invalid`, `body_too_large` */
async function read(
  request: Request,
  { config }: UnlinkWebhookRouteDeps,
): Promise<KakaoUnlinkWebhook> {
  const { adminKeys, appId } = config.kakao
  try {
    return await readUnlinkWebhook(request, { adminKeys, ...(appId !== undefined && { appId }) })
  } catch (error) {
    if (!(error instanceof UnlinkWebhookError)) throw error
    throw new ProblemError(PROBLEMS[error.code], { detail: error.message })
  }
}
