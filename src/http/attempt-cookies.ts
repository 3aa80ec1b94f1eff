import type { Context } from 'hono'
import type { AttemptSealer, LoginAttempt } from '../login/index.ts'
import { ATTEMPT_PREFIX, chooseSlot, isSlot } from './attempt-slots.ts'
import type { Cookies } from './cookies.ts'

/** Some proxies take no more than 8 KB of cookies, ours and others'. */
const MOST_BYTES = 6 * 1024
/** How long a finished attempt stays, so that the same callback gets the same answer. */
const REPEAT_SECONDS = 60

/** A cookie of this browser, and the attempt in it, unless that is over or garbled. */
interface AttemptCookie {
  readonly name: string
  readonly sealed: string
  readonly attempt: LoginAttempt | undefined
}

/** An attempt that this browser began, and what else it keeps. */
export interface KeptAttempt {
  readonly attempt: LoginAttempt
  readonly cookie: Pick<AttemptCookie, 'name' | 'sealed'>
  readonly others: readonly AttemptCookie[]
}

export interface AttemptCookies {
  /** Hands a new attempt to the browser; where there are too many the oldest gives way. */
  keep(context: Context, attempt: LoginAttempt): void
  /** Finds the attempt that this browser began with that `state`. */
  find(context: Context, state: string): KeptAttempt | undefined
  /** Lets an attempt that has its answer fade. */
  finish(context: Context, kept: KeptAttempt): void
  /** Ends what is over, and the oldest of what is too much. */
  tidy(context: Context): void
  /** Ends all attempts of this browser. */
  clear(context: Context): void
}

/** A cookie for each attempt, so that tabs do not overwrite each other's. */
export function createAttemptCookies(
  cookies: Cookies,
  sealer: AttemptSealer,
  ttlMs: number,
): AttemptCookies {
  let turn = 0

  /** A relay's attempt is in its app's hands, so it says nothing about this browser. */
  function open(sealed: string): LoginAttempt | undefined {
    const attempt = sealer.open(sealed)
    const isOurs = attempt !== undefined && attempt.delivery !== 'relay'
    return isOurs && !sealer.isExpired(attempt) ? attempt : undefined
  }

  function readAll(context: Context): AttemptCookie[] {
    const all = [...cookies.readAll(context, ATTEMPT_PREFIX)]
    return all.map(([name, sealed]) => ({
      name,
      sealed,
      attempt: isSlot(name) ? open(sealed) : undefined,
    }))
  }

  function write(
    context: Context,
    { cookie, others }: Omit<KeptAttempt, 'attempt'>,
    seconds: number,
  ): void {
    const { name, sealed } = cookie
    cookies.write(context, { name, value: sealed, maxAgeSeconds: seconds })
    trim(context, others, sizeOf(cookie))
  }

  function trim(context: Context, found: readonly AttemptCookie[], bytesBeside: number): void {
    for (const name of listExcess(found, bytesBeside)) cookies.clear(context, name)
  }

  return {
    keep(context, attempt) {
      const sealed = sealer.seal(attempt)
      const found = readAll(context)
      const name = chooseSlot(toStartTimes(found), { bytes: sealed.length, turn })
      turn += 1
      const others = found.filter((one) => one.name !== name)
      write(context, { cookie: { name, sealed }, others }, ttlMs / 1000)
    },

    find(context, state) {
      const found = readAll(context)
      const cookie = found.find(({ attempt }) => attempt?.state === state)
      if (cookie?.attempt === undefined) return undefined
      const others = found.filter((one) => one !== cookie)
      return { attempt: cookie.attempt, cookie, others }
    },

    finish: (context, kept) => write(context, kept, REPEAT_SECONDS),
    tidy: (context) => trim(context, readAll(context), 0),

    clear(context) {
      for (const name of cookies.readAll(context, ATTEMPT_PREFIX).keys())
        cookies.clear(context, name)
    },
  }
}

function toStartTimes(found: readonly AttemptCookie[]): Map<string, number> {
  const live = found.flatMap(({ name, attempt }) =>
    attempt ? ([[name, attempt.startedAt]] as const) : [],
  )
  return new Map(live)
}

/** What is over, and the oldest of what is too much beside so many bytes. */
function listExcess(found: readonly AttemptCookie[], bytesBeside: number): string[] {
  let bytes = bytesBeside
  const excess = found.toSorted(newestFirst).filter((cookie) => {
    bytes += sizeOf(cookie)
    return cookie.attempt === undefined || bytes > MOST_BYTES
  })
  return excess.map(({ name }) => name)
}

function newestFirst(one: AttemptCookie, other: AttemptCookie): number {
  return (other.attempt?.startedAt ?? 0) - (one.attempt?.startedAt ?? 0)
}

function sizeOf({ name, sealed }: Pick<AttemptCookie, 'name' | 'sealed'>): number {
  return name.length + sealed.length
}
