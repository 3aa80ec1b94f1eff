import type { PersonChoices } from '../../src/emulator/index.ts'
import type { Browser } from '../../test/_support/browser.ts'
import { getLocation, openBrowser } from './browser.ts'

/** A person known to the provider. */
export interface ProviderAccount {
  /** The `sub`: a Kakao user id. */
  readonly id: string
  readonly nickname: string
  readonly email: string
}

const MOST_STEPS = 12

/**
 * Follows an authorize URL through the provider's pages in a new browser.
 *
 * @returns Where the browser is sent back to.
 */
export async function useProviderPages(
  url: URL,
  { id, cancels = false }: PersonChoices,
): Promise<URL> {
  const browser = openBrowser(url.origin)
  let response = await browser.get(url)
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (response.status === 200) {
      response = await fillIn(browser, await response.text(), { id, cancels })
      continue
    }
    const target = getLocation(response)
    if (target.origin !== url.origin) return target
    response = await browser.get(target)
  }
  throw new Error('the login at the provider does not end')
}

/** The sign-in page takes any id and password; the consent page only has to be sent back. */
async function fillIn(
  browser: Browser,
  page: string,
  { id, cancels }: { id: string; cancels: boolean },
): Promise<Response> {
  if (cancels) return await browser.get(find(page, /href="([^"]+\/abort)"/))
  const prompt = find(page, /name="prompt" value="(\w+)"/)
  const form = new URLSearchParams({ prompt, login: id, password: 'any' })
  return await browser.post(find(page, /action="([^"]+)"/), form)
}

function find(page: string, pattern: RegExp): string {
  const found = pattern.exec(page)?.[1]
  if (found === undefined) throw new Error(`a page of the provider lacks ${pattern}`)
  return found
}
