import { findBrowserId } from '../authorize/browser-session.ts'
import type { Login } from '../authorize/continue-login.ts'
import { secondsAfter } from '../clock.ts'
import type { PendingLogin } from '../state/browsers.ts'
import type { World } from '../world.ts'
import { PENDING_LOGIN } from './page-paths.ts'

const TTL_SECONDS = 60 * 60

/** A page of a login that is over, has expired, or began in another browser. */
export class LoginLostError extends Error {
  override readonly name = 'LoginLostError'
}

/** Keeps a login while its pages are shown. @returns Its id, which nobody can guess. */
export function startPendingLogin(world: World, login: Login): string {
  const id = world.newSecret()
  const now = world.clock.now()
  world.state.pendingLogins.set(id, { ...login, expiresAt: secondsAfter(now, TTL_SECONDS) }, now)
  return id
}

/**
 * The pending login that a page or form belongs to.
 *
 * @throws {LoginLostError} There is none of that id in this browser.
 */
export function getPendingLogin(
  { state, clock }: World,
  request: Request,
  parameters: URLSearchParams,
): { readonly id: string; readonly login: PendingLogin } {
  const id = parameters.get(PENDING_LOGIN) ?? ''
  const login = state.pendingLogins.find(id, clock.now())
  if (login === undefined || login.browserId !== findBrowserId(request)) {
    throw new LoginLostError('the login is over or belongs to another browser')
  }
  return { id, login }
}
