import { countEdits } from '../count-edits.ts'
import {
  explainKakaoCode,
  formatKakaoCode,
  KAKAO_CODES,
  type KakaoCodeEntry,
} from '../kakao/index.ts'
import { UsageError } from './usage-error.ts'

/**
 * `daemun explain CODE…`: what Kakao's error codes mean and where to mend them, in Korean and English.
 *
 * @returns 1 when one of the codes is not known.
 */
export async function runExplain(texts: readonly string[]): Promise<number> {
  if (texts.length === 0) {
    throw new UsageError('daemun explain: name a code of Kakao, such as KOE006 or -401')
  }
  const unknown = texts.filter((text) => !explain(text))
  for (const text of unknown) process.stderr.write(`${describeUnknown(text)}\n`)
  return unknown.length === 0 ? 0 : 1
}

function explain(text: string): boolean {
  const entries = findMeant(text)
  for (const entry of entries) {
    process.stdout.write(`${formatKakaoCode(entry, 'ko')}\n${formatKakaoCode(entry, 'en')}\n\n`)
  }
  return entries.length > 0
}

/** Digits alone may be either host's: `10` is `KOE010`, and `-10` too. */
function findMeant(text: string): KakaoCodeEntry[] {
  const names = /^\d+$/.test(text) ? [toKoe(text), `-${Number(text)}`] : [text]
  return names.flatMap((name) => explainKakaoCode(name) ?? [])
}

function toKoe(digits: string): string {
  return `KOE${String(Number(digits)).padStart(3, '0')}`
}

const MOST_NEAR = 3

function describeUnknown(text: string): string {
  const wanted = /^\d+$/.test(text) ? toKoe(text) : text.toUpperCase()
  if (!/^(KOE\d{1,8}|-\d{1,8})$/.test(wanted)) {
    return `daemun explain: ${text} is no code of Kakao's; they look like KOE006 or -401`
  }
  const near = KAKAO_CODES.map(({ code }) => String(code))
    .filter((code) => code.startsWith('-') === wanted.startsWith('-'))
    .map((code) => ({ code, edits: countEdits(code, wanted) }))
    .sort((one, other) => one.edits - other.edits)
    .slice(0, MOST_NEAR)
  return `daemun explain: ${wanted} is not known; near it are ${near.map(({ code }) => code).join(', ')}`
}
