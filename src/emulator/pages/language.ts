/** A language of the pages. */
export type Language = 'ko' | 'en'

/** Korean, unless the browser prefers English (RFC 9110, section 12.5.4). */
export function pickLanguage(acceptLanguage: string | null): Language {
  const weights = { ko: 0, en: 0 }
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const [tag = '', ...parameters] = part.trim().split(';')
    const language = tag.split('-', 1)[0]
    if (language !== 'ko' && language !== 'en') continue
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
    const weight = Number(quality?.trim().slice(2) ?? 1)
    weights[language] = Math.max(weights[language], Number.isNaN(weight) ? 0 : weight)
  }
  return weights.en > weights.ko ? 'en' : 'ko'
}
