import { createHash, randomBytes } from 'node:crypto'
import { createSealedUserKeys } from '../../src/services.ts'
import { CONSENTS } from './people.ts'
import { SECRET } from './server.ts'

/** How large a store is made. */
export interface StoreSize {
  readonly users: number
  readonly sessions: number
}

/** What the engines do not say alike. */
export interface FillDialect {
  /** A table expression with the numbers from 1 as `n`. */
  numbers(count: number): string
  /** base64url of the SHA-256 of a text expression. */
  hash(text: string): string
}

/** As long as a real one, and as little alike in the store, which keeps its hash. */
const TOKEN = 'bench-session-token-of-no-secret-'
const FIRST_TOKEN = 1_000_000_000
const DAY_MS = 86_400_000

/**
 * The statements that fill an empty store with returning users: each with an identity, what they
 * agreed to and a profile read just now, and with sessions begun in the last twenty days. Sessions of
 * even numbers were seen just now, those of odd numbers an hour ago: these a check writes down.
 */
export function listFillStatements(
  { users, sessions }: StoreSize,
  { numbers, hash }: FillDialect,
): string[] {
  const now = Date.now()
  const userId = (n: string) => `'usr_membr' || ${scatter(n)}`
  const kakaoId = (n: string) => `cast(1000000000 + ${n} as text)`
  const owner = `(n % ${users} + 1)`
  const createdAt = `${now - 20 * DAY_MS} + cast(n as bigint) * ${20 * DAY_MS} / ${sessions}`

  return [
    `insert into users (id, created_at, nickname, email, email_verified, email_state,
       profile_read_at, sealed_key, event_sequence)
     select ${userId('n')}, ${now - 90 * DAY_MS}, 'Member ' || ${kakaoId('n')},
       'member-' || ${kakaoId('n')} || '@example.com', 1, 'shared', ${now}, '${createUserKey()}', 7
     from ${numbers(users)}`,
    `insert into identities (kakao_id, user_id, linked_at, last_login_at, read_at, revision)
     select ${kakaoId('n')}, ${userId('n')}, ${now - 90 * DAY_MS}, ${now - DAY_MS}, ${now}, 9
     from ${numbers(users)}`,
    `insert into profiles (user_id, fields)
     select ${userId('n')}, '{}' from ${numbers(users)}`,
    ...CONSENTS.map(
      (consent) => `insert into consents (kakao_id, kind, id, agreed, since, path, changes)
     select ${kakaoId('n')}, 'item', '${consent}', 1, ${now - 90 * DAY_MS}, 'login', 1
     from ${numbers(users)}`,
    ),
    `insert into sessions (hash, id, user_id, kakao_id, kind, device, created_at, last_seen_at,
       expires_at)
     select ${hash(`'${TOKEN}' || (${FIRST_TOKEN} + n)`)}, 'ses_sessn' || ${scatter('n')},
       ${userId(owner)}, ${kakaoId(owner)}, 'cookie', 'Chrome, macOS', ${createdAt},
       case when n % 2 = 0 then ${now} else ${now - 3_600_000} end, ${now + 29 * DAY_MS} + n
     from ${numbers(sessions)} order by 1`,
  ]
}

/** The cookie of a session of a filled store. @param number From 1. */
export function toCookie(number: number): string {
  return `daemun_session=${TOKEN}${FIRST_TOKEN + number}`
}

/** A different number of 17 digits for each, in no order, as random ids are. */
function scatter(n: string): string {
  return `(10000000000000000 + (${n} * 2654435761) % 4294967296)`
}

export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** One sealed key for all: it opens no better for being everybody's. */
function createUserKey(): string {
  return createSealedUserKeys({ secrets: [SECRET], randomBytes }).create()
}
