import { type KakaoPersonApi, type KakaoServiceTerm, KapiError } from '../kakao/index.ts'

/** Reads people's service terms. */
export interface TermReader {
  /** @returns All terms of the app, and whether the person agreed; `undefined`: it has none. */
  read(person: KakaoPersonApi): Promise<readonly KakaoServiceTerm[] | undefined>
}

/** "Not enabled": the app has no Kakao Sync. */
const NOT_ENABLED = -3
const ONE_DAY_MS = 24 * 60 * 60_000

/** An app without terms is not asked for them again within a day. */
export function createTermReader({ now }: { now: () => Date }): TermReader {
  let askAgainAt = 0

  return {
    async read(person) {
      if (now().getTime() < askAgainAt) return undefined
      try {
        return (await person.getServiceTerms({ of: 'app' })).serviceTerms
      } catch (error) {
        if (!(error instanceof KapiError) || error.kakaoCode !== NOT_ENABLED) throw error
        askAgainAt = now().getTime() + ONE_DAY_MS
        return undefined
      }
    },
  }
}
