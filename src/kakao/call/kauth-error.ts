import { explainKakaoCode } from '../codes.ts'
import { type KakaoFault, KakaoUnavailableError, KauthError } from '../errors.ts'
import type { WireKauthError } from '../wire.ts'
import { omitUndefined, readText, type Unread } from './fields.ts'
import type { KakaoAnswer } from './send.ts'
import { isDown } from './status.ts'

type Blame = { readonly fault: KakaoFault; readonly retryable: boolean }

const KAKAO: Blame = { fault: 'kakao', retryable: true }
const VISITOR: Blame = { fault: 'visitor', retryable: false }
const OPERATOR: Blame = { fault: 'operator', retryable: false }

/** Error words whose fault is plain without a code; any other is a mistake in our request. */
const BLAME_BY_WORD: { readonly [word: string]: Blame | undefined } = {
  invalid_grant: VISITOR,
  access_denied: VISITOR,
  server_error: KAKAO,
  temporarily_unavailable: KAKAO,
}

/**
 * Finds the error in an answer of kauth, whatever its status (RFC 6749, 5.2).
 *
 * @returns `undefined` when the answer names no error.
 */
export function findKauthError({
  fields,
  ...answer
}: KakaoAnswer): KauthError | KakaoUnavailableError | undefined {
  const { error, error_code }: Unread<WireKauthError> = fields
  const { status } = answer
  const kakaoCode = matching(error_code, /^KOE\d{1,8}$/)
  if (kakaoCode === undefined && isDown(status)) return new KakaoUnavailableError('status', answer)
  if (kakaoCode === undefined && readText(error) === undefined) return undefined

  const word = matching(error, /^[a-z_]{1,64}$/)
  const blame = findBlame(status, kakaoCode, word)
  return new KauthError({ ...answer, ...omitUndefined({ kakaoCode, error: word }), ...blame })
}

function findBlame(status: number, kakaoCode: string | undefined, word = ''): Blame {
  const entry = kakaoCode === undefined ? undefined : explainKakaoCode(kakaoCode)
  if (entry !== undefined) return { fault: entry.fault, retryable: entry.retryable }
  if (isDown(status)) return KAKAO
  return BLAME_BY_WORD[word] ?? OPERATOR
}

/** Only what looks like a code or a word is kept: free text may repeat the authorization code. */
function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined
}
