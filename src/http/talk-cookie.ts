import type { Context } from 'hono'
import type { Cookies } from './cookies.ts'

const NAME = 'daemun_talk'
const ONE_HOUR_SECONDS = 3600

/** Remembers that a guest in KakaoTalk's in-app browser was tried once without being asked. */
export interface TalkCookie {
  /** @returns Whether this is such a visit, not tried within the hour; it counts as tried then. */
  takeSilentTry(context: Context): boolean
  /** Counts as tried: who has just logged out is not led back in. */
  holdBack(context: Context): void
}

/**
 * In KakaoTalk people are signed in at Kakao already, so those who are linked come in unasked. Once:
 * trying at each visit would make a loop.
 */
export function createTalkCookie(cookies: Cookies): TalkCookie {
  function write(context: Context): void {
    cookies.write(context, { name: NAME, value: '1', maxAgeSeconds: ONE_HOUR_SECONDS })
  }

  return {
    takeSilentTry(context) {
      const isVisit = isTalk(context) && context.req.method === 'GET'
      if (!isVisit || cookies.read(context, NAME) !== undefined) return false
      write(context)
      return true
    },

    holdBack(context) {
      if (isTalk(context)) write(context)
    },
  }
}

function isTalk(context: Context): boolean {
  return context.req.header('user-agent')?.includes('KAKAOTALK') ?? false
}
