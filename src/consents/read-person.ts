import {
  type KakaoPersonApi,
  type KakaoScope,
  type KakaoServiceTerm,
  KapiError,
} from '../kakao/index.ts'
import { type ProfileReading, toProfile } from '../users/index.ts'
import type { ConsentFact } from './consent.ts'
import type { TermReader } from './term-reader.ts'

export interface ReadPersonDeps {
  readonly terms: TermReader
  readonly now: () => Date
}

/** What Kakao says of a person. */
export interface Reading {
  /** When the reading began. */
  readonly at: Date
  readonly profile: ProfileReading
  readonly items: readonly ConsentFact[]
  readonly terms: readonly ConsentFact[]
}

/**
 * Reads profile, consents and terms. Consents come after the profile: what is not agreed to then is
 * not kept.
 *
 * @returns `undefined`: Kakao tells nothing of this person now, or not to whoever asks.
 * @throws {KakaoError} Kakao could not be asked.
 */
export async function readPerson(
  { terms, now }: ReadPersonDeps,
  person: KakaoPersonApi,
  kakaoId: string,
): Promise<Reading | undefined> {
  const at = now()
  try {
    const me = await person.getMe()
    if (me.id !== kakaoId) throw new Error('Kakao told of another person than was asked for')
    const { scopes } = await person.getScopes()
    const told = (await terms.read(person)) ?? []
    const profile = await toProfile(me)
    return { at, profile, items: scopes.map(toItemFact), terms: told.map(toTermFact) }
  } catch (error) {
    // Not linked, dormant, under sanction, too young, or a token that has ended: it is the person who
    // has to act, and who comes in by a login then, which has it read anew.
    if (error instanceof KapiError && error.fault === 'visitor') return undefined
    throw error
  }
}

/** What cannot be taken back is what is required. */
function toItemFact({ id, isAgreed, isRevocable }: KakaoScope): ConsentFact {
  const told = isRevocable !== undefined && { revocable: isRevocable, required: !isRevocable }
  return { id, agreed: isAgreed, ...told }
}

function toTermFact({
  tag,
  isAgreed,
  isRequired,
  isRevocable,
  agreedAt,
}: KakaoServiceTerm): ConsentFact {
  return {
    id: tag,
    agreed: isAgreed,
    ...(isRequired !== undefined && { required: isRequired }),
    ...(isRevocable !== undefined && { revocable: isRevocable }),
    ...(isAgreed && agreedAt !== undefined && { since: agreedAt }),
  }
}
