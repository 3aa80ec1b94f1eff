import { unlessAborted } from '../call/deadline.ts'
import type { CallOptions } from '../client-types.ts'
import { KakaoUnavailableError } from '../errors.ts'
import type { KakaoKeys } from './key-set-fetch.ts'
import type { KakaoKeySet, KakaoVerifyKey } from './key-set-types.ts'

const FRESH_MS = 60 * 60 * 1000
const COOL_DOWN_MS = 10 * 1000

interface KeySetOptions {
  readonly fetchKeys: () => Promise<KakaoKeys>
  readonly now: () => Date
  /** Told of refreshes that failed behind callers who were served old keys. */
  readonly onError: (error: Error) => void
}

/** Keys once had are served until better ones arrive, however old: Kakao may be away for long. */
export class CachedKeySet implements KakaoKeySet {
  readonly #options: KeySetOptions
  #keys: KakaoKeys | undefined
  #flight: Promise<KakaoKeys> | undefined
  #freshUntil = 0
  #noRefreshUntil = 0
  #noSearchUntil = 0
  #searchFailure: unknown

  constructor(options: KeySetOptions) {
    this.#options = options
  }

  async warm({ signal }: CallOptions = {}): Promise<void> {
    if (this.#keys === undefined || this.#now() >= this.#freshUntil) {
      await unlessAborted(this.#fetch(), signal)
    }
  }

  async findKey(
    kid: string,
    { signal, isCertain = false }: CallOptions & { readonly isCertain?: boolean } = {},
  ): Promise<KakaoVerifyKey | undefined> {
    if (this.#keys === undefined) return (await unlessAborted(this.#fetch(), signal)).get(kid)
    this.#refreshIfStale()
    return this.#keys.get(kid) ?? unlessAborted(this.#search(kid, isCertain), signal)
  }

  /** A failed search proves nothing: until the next one, its failure is the answer. */
  async #search(kid: string, isCertain: boolean): Promise<KakaoVerifyKey | undefined> {
    if (this.#flight === undefined && this.#now() < this.#noSearchUntil) {
      if (this.#searchFailure !== undefined) throw this.#searchFailure
      if (isCertain) throw new KakaoUnavailableError('cool_down')
      return undefined
    }

    this.#noSearchUntil = this.#now() + COOL_DOWN_MS
    try {
      return (await this.#fetch()).get(kid)
    } catch (error) {
      this.#searchFailure = error
      throw error
    }
  }

  #refreshIfStale(): void {
    const now = this.#now()
    if (this.#flight !== undefined || now < this.#freshUntil || now < this.#noRefreshUntil) return
    this.#noRefreshUntil = now + COOL_DOWN_MS
    this.#fetch().catch(this.#options.onError)
  }

  /** One flight at a time; whoever comes meanwhile shares it. */
  #fetch(): Promise<KakaoKeys> {
    this.#flight ??= this.#fetchAndKeep().finally(() => {
      this.#flight = undefined
    })
    return this.#flight
  }

  async #fetchAndKeep(): Promise<KakaoKeys> {
    const keys = await this.#options.fetchKeys()
    this.#keys = keys
    this.#freshUntil = this.#now() + FRESH_MS
    this.#searchFailure = undefined
    return keys
  }

  #now(): number {
    return this.#options.now().getTime()
  }
}
