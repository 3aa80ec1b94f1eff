import { getDuration, parseDuration } from './duration.ts'

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Something in the environment that keeps us from starting. Never holds the variable's value. */
export interface ConfigProblem {
  readonly variable: string
  readonly problem: string
}

/**
 * Reads typed values from an environment and collects every problem on the way, so that all can be
 * told at once. After a problem a reader goes on with its default; empty means unset.
 */
export class EnvironmentReader {
  readonly problems: ConfigProblem[] = []
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  report(variable: string, problem: string): void {
    this.problems.push({ variable, problem })
  }

  text(variable: string): string | undefined {
    const value = this.#environment[variable]?.trim()
    return value === '' ? undefined : value
  }

  /** A comma list; blanks around and between the entries do not count. */
  list(variable: string): string[] {
    const entries = (this.text(variable) ?? '').split(',').map((entry) => entry.trim())
    return entries.filter((entry) => entry !== '')
  }

  choice<const Choice extends string>(
    variable: string,
    choices: readonly Choice[],
    fallback: Choice,
  ): Choice {
    const value = this.text(variable)
    if (value === undefined) return fallback
    const choice = choices.find((one) => one === value)
    if (choice === undefined) this.report(variable, `must be one of ${choices.join(', ')}`)
    return choice ?? fallback
  }

  flag(variable: string): boolean {
    return this.choice(variable, ['true', 'false'], 'false') === 'true'
  }

  integer(variable: string, { fallback, min, max }: IntegerRange): number {
    const value = this.text(variable)
    if (value === undefined) return fallback
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    this.report(variable, `must be a whole number from ${min} to ${max}`)
    return fallback
  }

  /**
   * A duration within bounds: a timer, a cookie or a date fails silently or oddly beyond its own.
   *
   * @returns Milliseconds.
   */
  duration(variable: string, { fallback, min, max }: DurationRange): number {
    const milliseconds = parseDuration(this.text(variable) ?? fallback)
    if (milliseconds !== undefined && isWithin(milliseconds, min, max)) return milliseconds
    this.report(variable, `must be a duration from ${min} to ${max}, such as ${fallback}`)
    return getDuration(fallback)
  }

  /** An absolute http or https URL without user name, password or fragment. */
  url(variable: string, text: string): URL | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url !== undefined && isPlainHttpUrl(url)) return url
    this.report(variable, 'must be an absolute http or https URL without user name or fragment')
    return undefined
  }

  /** A URL that is nothing but scheme, host and port. @returns It without a trailing slash. */
  origin(variable: string, text: string): string | undefined {
    const url = this.url(variable, text)
    if (url === undefined) return undefined
    if (url.pathname === '/' && url.search === '') return url.origin
    this.report(variable, 'must be an origin: scheme, host and port only')
    return undefined
  }

  /** A URL that paths are appended to. @returns It without a trailing slash. */
  baseUrl(variable: string, fallback: string): string {
    const url = this.url(variable, this.text(variable) ?? fallback)
    if (url === undefined) return fallback
    if (url.search !== '') this.report(variable, 'must have no query')
    return url.href.replace(/\/+$/, '')
  }
}

interface IntegerRange {
  readonly fallback: number
  readonly min: number
  readonly max: number
}

/** All three are durations as text. */
interface DurationRange {
  readonly fallback: string
  readonly min: string
  readonly max: string
}

function isWithin(milliseconds: number, min: string, max: string): boolean {
  return milliseconds >= getDuration(min) && milliseconds <= getDuration(max)
}

function isPlainHttpUrl(url: URL): boolean {
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  return isHttp && url.username === '' && url.password === '' && url.hash === ''
}
