import type { KakaoFault } from '../errors.ts'
import type { KakaoCodeAnswer } from './answers.ts'

/** The same sentence in Korean and English. */
export interface KakaoText {
  readonly ko: string
  readonly en: string
}

/** What one of Kakao's error codes means and what to do about it. */
export interface KakaoCodeEntry {
  /** `KOE…` from kauth, a negative integer from kapi. */
  readonly code: string | number
  readonly fault: KakaoFault
  readonly retryable: boolean
  readonly cause: KakaoText
  readonly remedy: KakaoText
  /** Where in Kakao's console, if anywhere. */
  readonly console?: KakaoText
  /** Our environment variables concerned. */
  readonly variables?: readonly string[]
  /** Left out where nobody knows. */
  readonly answer?: KakaoCodeAnswer
}

/** Who has to act, and whether a later try may go well. */
type Blame = Pick<KakaoCodeEntry, 'fault' | 'retryable'>

export const VISITOR: Blame = { fault: 'visitor', retryable: false }
export const OPERATOR: Blame = { fault: 'operator', retryable: false }
/** Kakao's own trouble, or a limit of Kakao's: it passes. */
export const KAKAO: Blame = { fault: 'kakao', retryable: true }
