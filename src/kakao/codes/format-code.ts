import type { KakaoFault } from '../errors.ts'
import type { KakaoCodeAnswer } from './answers.ts'
import type { KakaoCodeEntry } from './entry.ts'

export type KakaoCodeLanguage = 'ko' | 'en'

const WORDS = {
  ko: {
    answer: '응답',
    onPage: '카카오 화면에만 보임',
    cause: '원인',
    remedy: '해결',
    console: '콘솔',
    variables: '설정',
    who: '조치할 쪽',
    retry: '재시도',
    helps: '잠시 뒤 다시 하면 될 수 있음',
    doesNotHelp: '다시 해도 같음',
  },
  en: {
    answer: 'Answer',
    onPage: "shown on Kakao's own page only",
    cause: 'Cause',
    remedy: 'Remedy',
    console: 'Console',
    variables: 'Settings',
    who: 'Up to',
    retry: 'Retry',
    helps: 'may go well a little later',
    doesNotHelp: 'does not help',
  },
} as const

const FAULTS = {
  ko: { visitor: '로그인하는 사람', operator: '서비스 운영자', kakao: '카카오' },
  en: { visitor: 'the person logging in', operator: 'the operator of the service', kakao: 'Kakao' },
} as const satisfies Record<KakaoCodeLanguage, Record<KakaoFault, string>>

/** Writes down what is known about a code, in plain text: its name, then a line for each fact. */
export function formatKakaoCode(entry: KakaoCodeEntry, language: KakaoCodeLanguage): string {
  const words = WORDS[language]
  const { cause, remedy, console: place, variables, answer } = entry
  const lines = [
    [words.answer, answer && formatAnswer(answer, words.onPage)],
    [words.cause, cause[language]],
    [words.remedy, remedy[language]],
    [words.console, place?.[language]],
    [words.variables, variables?.join(', ')],
    [words.who, FAULTS[language][entry.fault]],
    [words.retry, entry.retryable ? words.helps : words.doesNotHelp],
  ].filter(([, fact]) => fact !== undefined)
  return [String(entry.code), ...lines.map(([label, fact]) => `  ${label}: ${fact}`)].join('\n')
}

function formatAnswer({ statuses, error, isOnPage }: KakaoCodeAnswer, onPage: string): string {
  const http = statuses?.map((status) => `HTTP ${status}`) ?? []
  return [...http, ...(error ? [error] : []), ...(isOnPage ? [onPage] : [])].join(', ')
}
