import { readWeightedList, type Weighted } from './weighted-list.ts'

/** The languages our pages speak. */
export type Language = 'ko' | 'en'

interface LanguageRange {
  /** The first subtag in lower case: `en` of `en-GB`, or `*`. */
  readonly primary: string
  readonly quality: number
}

/** In the order we prefer them. */
const LANGUAGES: readonly Language[] = ['ko', 'en']

/**
 * Picks the page's language from an `Accept-Language` header.
 *
 * Of equal weights the first one listed counts.
 *
 * @returns Korean where the visitor asks for neither of our languages.
 * @see [RFC 9110, 12.5.4](https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.4)
 */
export function pickLanguage(acceptLanguage: string | undefined): Language {
  const ranges = readWeightedList(acceptLanguage).map(toRange)
  const wanted = ranges
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ primary }) => (primary === '*' ? firstNotNamed(ranges) : findLanguage(primary)))
    .find((language) => language !== undefined)

  return wanted ?? firstNotNamed(ranges.filter(({ quality }) => quality === 0)) ?? 'ko'
}

function toRange({ value, quality }: Weighted): LanguageRange {
  return { primary: value.split('-')[0] ?? value, quality }
}

function findLanguage(primary: string): Language | undefined {
  return LANGUAGES.find((language) => language === primary)
}

/** What `*` stands for: a language that no other range speaks of. */
function firstNotNamed(ranges: readonly LanguageRange[]): Language | undefined {
  return LANGUAGES.find((language) => !ranges.some(({ primary }) => primary === language))
}
