import type { SeedPerson } from '../seed/seed.ts'

/** Someone with a Kakao Account. Fields keep Kakao's names, as in the seed. */
export interface Person extends Omit<SeedPerson, 'id' | 'nickname'> {
  readonly id: string
  readonly nickname: string
  readonly is_default_nickname: boolean
}

const DEFAULT_NICKNAME = '닉네임을 등록해주세요'
const FIRST_FREE_ID = 2_000_000_001

/** The seed's people by id, in the seed's order; one without an id gets a free one. */
export function toPeople(seedPeople: readonly SeedPerson[]): Map<string, Person> {
  const people = new Map<string, Person>()
  const named = new Set(seedPeople.flatMap(({ id }) => id ?? []))
  for (const seed of seedPeople) {
    addPerson(people, {
      ...seed,
      id: seed.id ?? findFreeId((id) => named.has(id) || people.has(id)),
    })
  }
  return people
}

/** Adds a person; without an id, under a free one. */
export function addPerson(people: Map<string, Person>, seed: SeedPerson): Person {
  const id = seed.id ?? findFreeId((candidate) => people.has(candidate))
  const person: Person = {
    ...seed,
    id,
    nickname: seed.nickname ?? DEFAULT_NICKNAME,
    is_default_nickname: seed.nickname === undefined,
  }
  people.set(id, person)
  return person
}

/** What a seed would say to get this person. */
export function toSeedPerson({ is_default_nickname, nickname, ...rest }: Person): SeedPerson {
  return is_default_nickname ? rest : { ...rest, nickname }
}

/** The person has done what Kakao wanted first. */
export function settleInteraction(people: Map<string, Person>, person: Person): void {
  people.set(person.id, { ...person, needs_interaction: false })
}

/** Whom a `login_hint` means: an id, an e-mail address or a phone number. */
export function findPersonByHint(people: Iterable<Person>, hint: string): Person | undefined {
  const digits = toDigits(hint)
  for (const person of people) {
    if (person.id === hint || person.email?.toLowerCase() === hint.toLowerCase()) return person
    if (digits !== '' && digits === toDigits(person.phone_number ?? '')) return person
  }
  return undefined
}

function toDigits(text: string): string {
  return text.startsWith('+') ? text.replaceAll(/\D/g, '') : ''
}

function findFreeId(isTaken: (id: string) => boolean): string {
  let number = FIRST_FREE_ID
  while (isTaken(String(number))) number += 1
  return String(number)
}
