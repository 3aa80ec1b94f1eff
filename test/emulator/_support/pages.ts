import type { KakaoEmulator } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { ORIGIN } from './demo-app.ts'

/** A browser that nobody has signed in in. */
export function newBrowser(kakao: KakaoEmulator): Browser {
  return new Browser((request) => kakao.fetch(request), ORIGIN)
}

/** Opens a login; the result is the address of its first page, or of the app. */
export async function openLogin(browser: Browser, url: URL): Promise<URL> {
  const response = await browser.get(url)
  return new URL(response.headers.get('location') ?? '', ORIGIN)
}

/** Sends the form of a page as the page itself would. */
export function submit(
  browser: Browser,
  page: URL,
  fields: Readonly<Record<string, string>>,
): Promise<Response> {
  const request = page.searchParams.get('request') ?? ''
  return browser.post(page.pathname, new URLSearchParams({ request, ...fields }))
}

/** As {@link submit}; the result is where it leads. */
export async function submitAndFollow(
  browser: Browser,
  page: URL,
  fields: Readonly<Record<string, string>>,
): Promise<URL> {
  const response = await submit(browser, page, fields)
  return new URL(response.headers.get('location') ?? '', ORIGIN)
}
