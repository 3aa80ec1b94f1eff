import type { Context } from 'hono'
import type { Cookies } from './cookies.ts'

const NAME = 'daemun_session'
/** Browsers keep no cookie longer (RFC 6265bis, section 5.5). */
const LONGEST_SECONDS = 400 * 86_400

/** The cookie that holds a session token. The store decides when the session ends. */
export interface SessionCookie {
  read(context: Context): string | undefined
  write(context: Context, token: string): void
  clear(context: Context): void
}

export function createSessionCookie(cookies: Cookies, maxMs: number): SessionCookie {
  const maxAgeSeconds = Math.min(maxMs / 1000, LONGEST_SECONDS)
  return {
    read: (context) => cookies.read(context, NAME),
    write: (context, token) => cookies.write(context, { name: NAME, value: token, maxAgeSeconds }),
    clear: (context) => cookies.clear(context, NAME),
  }
}
