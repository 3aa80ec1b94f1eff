import { secondsAfter } from '../clock.ts'
import type { SignIn } from '../state/browsers.ts'
import type { World } from '../world.ts'

const COOKIE = 'kakao_emulator_browser'
const DAY_SECONDS = 24 * 60 * 60
const MONTH_SECONDS = 30 * DAY_SECONDS

/** The browser's id from its cookie. */
export function findBrowserId(request: Request): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/)
  const found = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))
  return found?.slice(COOKIE.length + 1) || undefined
}

/** Gives the browser a cookie by which it is known again. */
export function browserCookie(browserId: string, request: Request): string {
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : ''
  return `${COOKIE}=${browserId}; Path=/; Max-Age=${MONTH_SECONDS}; HttpOnly; SameSite=Lax${secure}`
}

/** Who is signed in at Kakao in a browser. */
export function findSignIn({ state, clock }: World, browserId: string): SignIn | undefined {
  return state.signIns.find(browserId, clock.now())
}

/** Signs a person in: for 24 hours from now, or for a month where the person asked to stay. */
export function signIn(
  { state, clock }: World,
  browserId: string,
  { personId, stay }: { readonly personId: string; readonly stay: boolean },
): void {
  const now = clock.now()
  const expiresAt = secondsAfter(now, stay ? MONTH_SECONDS : DAY_SECONDS)
  state.signIns.delete(browserId)
  state.signIns.set(browserId, { personId, authenticatedAt: now, expiresAt }, now)
}
