import type { ErrorCode } from '../../errors.ts'
import type { Language } from '../language.ts'
import { EN, EN_PROBLEMS } from './en.ts'
import { KO, KO_PROBLEMS } from './ko.ts'

/** What a visitor reads about a failure. */
export interface ProblemText {
  /** What happened, in a few words. */
  readonly title: string
  /** What that means, and what to do now. */
  readonly text: string
}

export interface HomeTexts {
  readonly invitation: string
  readonly firstVisit: string
  readonly greeting: string
  /** What stands before and after the nickname. */
  readonly greetingByName: readonly [before: string, after: string]
  readonly signedIn: string
  readonly socialId: string
  readonly email: string
  readonly emailVerified: string
  readonly emailNotVerified: string
  readonly emailNotShared: string
  readonly logout: string
  readonly withdraw: string
  readonly notices: { readonly login_cancelled: string; readonly withdrawn: string }
  readonly emulator: string
}

export interface WithdrawalTexts {
  /** To a member who was not let in. */
  readonly offer: string
  readonly warning: string
  readonly button: string
  readonly title: string
  readonly lead: string
  /** What a withdrawal means. */
  readonly points: readonly string[]
  /** Before the end of the time for which something has to be kept. */
  readonly retained: { readonly access_log: string; readonly consents: string }
  /** Before the point in time from which on they may come back. */
  readonly rejoin: string
  readonly stay: string
}

export interface PageTexts {
  readonly siteName: string
  /** The label that Kakao's design guide prescribes. */
  readonly kakaoLogin: string
  readonly home: HomeTexts
  readonly problem: {
    readonly home: string
    /** Before the point in time from which on it works. */
    readonly until: string
    readonly code: string
    readonly kakaoCode: string
    readonly requestId: string
  }
  /** Kakao's consent items, by their ids. */
  readonly consentItems: Readonly<Record<string, string>>
  readonly withdrawal: WithdrawalTexts
}

export const TEXTS = { ko: KO, en: EN } as const satisfies Record<Language, PageTexts>

/** Title and text of every problem. Problems in JSON are in English. */
export const PROBLEM_TEXTS: Record<Language, Record<ErrorCode, ProblemText>> = {
  ko: KO_PROBLEMS,
  en: EN_PROBLEMS,
}
