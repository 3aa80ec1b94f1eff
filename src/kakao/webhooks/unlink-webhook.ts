import { readLimitedText } from '../../limited-text.ts'
import {
  type Fields,
  isFields,
  omitUndefined,
  readId,
  readText,
  type Unread,
} from '../call/fields.ts'
import { parseLosslessJson } from '../call/json.ts'
import { equalInConstantTime } from '../constant-time.ts'
import type { WireUnlinkWebhook } from '../wire.ts'
import { UnlinkWebhookError } from './webhook-errors.ts'

const LIMIT_BYTES = 64 * 1024

/** What the unlink webhook tells: somebody's link to the app has ended, and not through us. */
export interface KakaoUnlinkWebhook {
  readonly userId: string
  /** Absent where Kakao left it out and nobody asked for a certain one. */
  readonly appId?: string
  /** How it came about, such as `UNLINK_FROM_APPS`, `ACCOUNT_DELETE`; Kakao may add others. */
  readonly referrerType?: string
  /** Set only for apps of a group. */
  readonly groupUserToken?: string
}

export interface KakaoUnlinkWebhookExpectation {
  /** Kakao sends the primary one, which may change: all are accepted. */
  readonly adminKeys: readonly string[]
  /** The app that it must be about. Left out: any. */
  readonly appId?: string
}

/**
 * Checks an unlink webhook and reads it: a GET's query, or a POST's form (or JSON).
 *
 * The answer must be 200 within three seconds, for unknown users too: Kakao does not send it again.
 *
 * @throws {UnlinkWebhookError} It must not be believed; `code` says why.
 * @see [Kakao: unlink webhook](https://developers.kakao.com/docs/latest/en/kakaologin/callback#unlink)
 */
export async function readUnlinkWebhook(
  request: Request,
  expected: KakaoUnlinkWebhookExpectation,
): Promise<KakaoUnlinkWebhook> {
  if (!isAuthorized(request, expected.adminKeys)) throw new UnlinkWebhookError('unauthorized')

  const wire: Unread<WireUnlinkWebhook> = await readFields(request)
  const appId = readId(wire.app_id)
  if (expected.appId !== undefined && appId !== expected.appId) {
    throw new UnlinkWebhookError('app_mismatch')
  }
  const userId = readId(wire.user_id)
  if (userId === undefined) throw new UnlinkWebhookError('user_missing')
  return {
    userId,
    ...omitUndefined({
      appId,
      referrerType: readText(wire.referrer_type),
      groupUserToken: readText(wire.group_user_token),
    }),
  }
}

/** Every key is compared to the end, so that the time tells nothing of which one was near. */
function isAuthorized({ headers }: Request, adminKeys: readonly string[]): boolean {
  const header = headers.get('authorization') ?? ''
  const matches = adminKeys.map((key) => equalInConstantTime(header, `KakaoAK ${key}`))
  return matches.includes(true)
}

async function readFields(request: Request): Promise<Fields> {
  if (request.method !== 'POST') return Object.fromEntries(new URL(request.url).searchParams)

  const text = await readLimitedText(request.body, LIMIT_BYTES)
  if (text === undefined) throw new UnlinkWebhookError('too_large')
  return text.trimStart().startsWith('{')
    ? findJsonObject(text)
    : Object.fromEntries(new URLSearchParams(text))
}

function findJsonObject(text: string): Fields {
  try {
    const value = parseLosslessJson(text)
    return isFields(value) ? value : {}
  } catch {
    return {}
  }
}
