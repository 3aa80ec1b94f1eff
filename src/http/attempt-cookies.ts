import type { Context } from 'hono'
import type { AttemptSealer, LoginAttempt } from '../login/index.ts'
import { hashSecret } from '../sessions/index.ts'
import type { Cookies } from './cookies.ts'

const PREFIX = 'daemun_login_'
/** Tabs that may be logging in at once. More would overflow the header that carries the cookies. */
const MOST_ATTEMPTS = 4
/** How long a finished attempt stays, so that the same callback gets the same answer. */
const REPEAT_SECONDS = 60

export interface AttemptCookies {
  /** Hands a new attempt to the browser; beyond a few at once the oldest gives way. */
  keep(context: Context, attempt: LoginAttempt): void
  /** Finds the attempt that this browser began with that `state`. */
  find(context: Context, state: string): LoginAttempt | undefined
  /** Lets an attempt that has its answer fade. */
  finish(context: Context, attempt: LoginAttempt): void
  /** Ends all attempts of this browser. */
  clear(context: Context): void
}

/** A cookie for each attempt, so that tabs do not overwrite each other's. */
export function createAttemptCookies(
  cookies: Cookies,
  sealer: AttemptSealer,
  ttlMs: number,
): AttemptCookies {
  function write(context: Context, attempt: LoginAttempt, maxAgeSeconds: number): void {
    cookies.write(context, {
      name: nameOf(attempt.state),
      value: sealer.seal(attempt),
      maxAgeSeconds,
    })
  }

  return {
    keep(context, attempt) {
      const others = [...cookies.readAll(context, PREFIX)].map(([name, value]) => ({
        name,
        startedAt: sealer.open(value)?.startedAt ?? 0,
      }))
      const tooMany = others
        .sort((one, other) => other.startedAt - one.startedAt)
        .slice(MOST_ATTEMPTS - 1)
      for (const { name } of tooMany) cookies.clear(context, name)
      write(context, attempt, ttlMs / 1000)
    },

    find(context, state) {
      const sealed = cookies.read(context, nameOf(state))
      const attempt = sealed === undefined ? undefined : sealer.open(sealed)
      // A relay's attempt is in its app's hands, so it says nothing about this browser.
      const isOurs = attempt?.state === state && attempt.delivery !== 'relay'
      return isOurs && !sealer.isExpired(attempt) ? attempt : undefined
    },

    finish: (context, attempt) => write(context, attempt, REPEAT_SECONDS),

    clear(context) {
      for (const name of cookies.readAll(context, PREFIX).keys()) cookies.clear(context, name)
    },
  }
}

function nameOf(state: string): string {
  return PREFIX + hashSecret(state).slice(0, 12)
}
