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
  /** What keeps nobody from starting. */
  readonly warnings: ConfigProblem[] = []
  readonly #environment: Environment
  readonly #faults: ReadonlyMap<string, string>
  readonly #asked = new Set<string>()

  /** @param faults What is known already to be wrong with a variable; told once it is read. */
  constructor(environment: Environment, faults: ReadonlyMap<string, string> = new Map()) {
    this.#environment = environment
    this.#faults = faults
  }

  report(variable: string, problem: string): void {
    const isKnown = this.problems.some(
      (one) => one.variable === variable && one.problem === problem,
    )
    if (!isKnown) this.problems.push({ variable, problem })
  }

  warn(variable: string, problem: string): void {
    this.warnings.push({ variable, problem })
  }

  /** Every variable that was read so far. */
  asked(): string[] {
    return [...this.#asked]
  }

  /** What is set and was not read so far. */
  unasked(): string[] {
    return Object.keys(this.#environment).filter(
      (name) => !this.#asked.has(name) && this.#environment[name]?.trim(),
    )
  }

  text(variable: string): string | undefined {
    this.#asked.add(variable)
    const value = this.#environment[variable]?.trim()
    if (value === undefined || value === '') return undefined
    const problem = this.#faults.get(variable) ?? findFault(value)
    if (problem !== undefined) this.report(variable, problem)
    return value
  }

  /** A key or a secret that goes into headers and addresses, so of visible ASCII. */
  credential(variable: string): string | undefined {
    const value = this.text(variable)
    if (value !== undefined) this.#checkCredential(variable, value)
    return value
  }

  /** A comma list of such. */
  credentials(variable: string): string[] {
    const entries = this.list(variable)
    for (const entry of entries) this.#checkCredential(variable, entry)
    return entries
  }

  #checkCredential(variable: string, value: string): void {
    if (!/^[!-~]{1,1000}$/.test(value)) {
      this.report(variable, 'must be at most 1000 ASCII characters, without spaces')
    }
  }

  /**
   * A comma list; blanks around the entries and commas after the last do not count. An empty entry
   * before another would move those behind it up, where order matters.
   */
  list(variable: string): string[] {
    const text = (this.text(variable) ?? '').replace(/[\s,]+$/, '')
    if (text === '') return []
    const entries = text.split(',').map((entry) => entry.trim())
    if (entries.includes('')) this.report(variable, 'has an empty entry before a comma')
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

  /** A comma list of durations, each within bounds. @returns Milliseconds. */
  durations(variable: string, { fallback, min, max }: DurationRange): number[] {
    const entries = this.list(variable)
    const durations = (entries.length > 0 ? entries : fallback.split(',')).map(parseDuration)
    const isFitting = (ms: number | undefined): ms is number =>
      ms !== undefined && isWithin(ms, min, max)
    const fitting = durations.filter(isFitting)
    if (fitting.length < durations.length) {
      this.report(variable, `must be durations from ${min} to ${max}, such as ${fallback}`)
    }
    return fitting
  }

  /** An absolute http or https URL without user name, password or fragment. */
  url(variable: string, text: string): URL | undefined {
    if (isPlainHttpUrl(text)) return new URL(text)
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

/** Parsers of URLs also take backslashes, blanks and missing slashes; others see other hosts there. */
function isPlainHttpUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\#*]+$/i.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/** What is wrong with a value, whatever it is the value of. */
function findFault(value: string): string | undefined {
  if (/^(["'`]).*\1$/s.test(value)) return 'is in quotes: leave them out, they are not part of it'
  return /\p{Cc}/u.test(value) ? 'has a line break or another control character in it' : undefined
}
