import type { CryptoKey } from './jwk.ts'

/** The keys of a JWK set by their names. */
export type Keys = ReadonlyMap<string, CryptoKey>

export interface CachedKeysOptions {
  readonly fetchKeys: () => Promise<Keys>
  readonly now: () => Date
  /** How long fetched keys count as fresh; they are served longer, while new ones are fetched. */
  readonly freshMs: number
  /** Told of refreshes that failed behind callers who were served old keys. Must not throw. */
  readonly onError: (error: Error) => void
  /** How long a failure answers for those who come without any keys at hand. Default: not at all. */
  readonly coldCoolDownMs?: number
  /** What to throw where the cool-down keeps from asking and certainty is wanted. */
  readonly toCoolDownError: () => Error
}

const COOL_DOWN_MS = 10 * 1000

/**
 * Somebody else's keys, fetched when first needed and kept: one flight at a time, and at most one
 * search for unknown names in ten seconds. Keys once had are served until better ones arrive,
 * however old: whoever publishes them may be away for long.
 */
export class CachedKeys {
  readonly #options: CachedKeysOptions
  #keys: Keys | undefined
  #flight: Promise<Keys> | undefined
  #fetchedAt: number | undefined
  #refreshedAt: number | undefined
  #searchedAt: number | undefined
  #searchFailure: unknown
  #coldFailure: { readonly at: number; readonly error: unknown } | undefined

  constructor(options: CachedKeysOptions) {
    this.#options = options
  }

  /** Whether there are any, however old. */
  get areAtHand(): boolean {
    return this.#keys !== undefined
  }

  /** Fetches the keys, unless fresh ones are there. @throws Whatever `fetchKeys` throws. */
  async warm(): Promise<void> {
    if (!this.#isWithin(this.#fetchedAt, this.#options.freshMs)) await this.#fetch()
  }

  /**
   * Finds the key of that name.
   *
   * @param isCertain Throws rather than call a name unknown that was not asked about.
   * @returns `undefined` when there is none of that name.
   * @throws Whatever `fetchKeys` throws: nobody knows then.
   */
  async find(kid: string, isCertain = false): Promise<CryptoKey | undefined> {
    if (this.#keys === undefined) return (await this.#fetchFirst()).get(kid)
    return this.findAtHand(kid) ?? (await this.#search(kid, isCertain))
  }

  /** Finds the key of that name among those that are there; nobody has to wait for it. */
  findAtHand(kid: string): CryptoKey | undefined {
    if (this.#keys === undefined) return undefined
    this.#refreshIfStale()
    return this.#keys.get(kid)
  }

  /** Without keys everybody asks; where asking has just failed, its failure is the answer. */
  async #fetchFirst(): Promise<Keys> {
    const failure = this.#coldFailure
    const { coldCoolDownMs = 0 } = this.#options
    if (failure !== undefined && this.#isWithin(failure.at, coldCoolDownMs)) throw failure.error
    try {
      return await this.#fetch()
    } catch (error) {
      this.#coldFailure = { at: this.#now(), error }
      throw error
    }
  }

  /** A failed search proves nothing: until the next one, its failure is the answer. */
  async #search(kid: string, isCertain: boolean): Promise<CryptoKey | undefined> {
    if (this.#flight === undefined && this.#isWithin(this.#searchedAt, COOL_DOWN_MS)) {
      if (this.#searchFailure !== undefined) throw this.#searchFailure
      if (isCertain) throw this.#options.toCoolDownError()
      return undefined
    }

    this.#searchedAt = this.#now()
    try {
      return (await this.#fetch()).get(kid)
    } catch (error) {
      this.#searchFailure = error
      throw error
    }
  }

  #refreshIfStale(): void {
    const isFresh = this.#isWithin(this.#fetchedAt, this.#options.freshMs)
    const isTried = this.#isWithin(this.#refreshedAt, COOL_DOWN_MS)
    if (this.#flight !== undefined || isFresh || isTried) return
    this.#refreshedAt = this.#now()
    this.#fetch().catch(this.#options.onError)
  }

  /** Whoever comes meanwhile shares the flight. */
  #fetch(): Promise<Keys> {
    this.#flight ??= this.#fetchAndKeep().finally(() => {
      this.#flight = undefined
    })
    return this.#flight
  }

  async #fetchAndKeep(): Promise<Keys> {
    const keys = await this.#options.fetchKeys()
    this.#keys = keys
    this.#fetchedAt = this.#now()
    this.#searchFailure = undefined
    return keys
  }

  /** A clock that was set back since must not make a moment last for hours. */
  #isWithin(since: number | undefined, ms: number): boolean {
    if (since === undefined) return false
    const passed = this.#now() - since
    return passed >= 0 && passed < ms
  }

  #now(): number {
    return this.#options.now().getTime()
  }
}
