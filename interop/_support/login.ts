import type { Browser } from '../../test/_support/browser.ts'
import { getLocation } from './browser.ts'

/** Begins a login at our server. @returns Where the browser is sent to, at Kakao. */
export async function startLogin(visitor: Browser): Promise<URL> {
  return getLocation(await visitor.get('/oauth/kakao/login/'))
}
