import { Browser } from '../../test/_support/browser.ts'

/** A browser that reaches one server over the network, and shows redirects instead of following. */
export function openBrowser(origin: string): Browser {
  return new Browser((request) => fetch(request, { redirect: 'manual' }), origin)
}

/** Where an answer sends the browser. */
export function getLocation(response: Response): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`not a redirect, but ${response.status}`)
  return new URL(location, response.url)
}
