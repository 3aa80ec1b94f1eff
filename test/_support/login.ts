import type { PersonChoices } from '../../src/emulator/index.ts'
import type { Browser } from './browser.ts'
import type { World } from './world.ts'

/** Goes to Kakao and back, as far as the callback's address. */
export async function goToKakao(
  world: World,
  browser: Browser,
  person: PersonChoices,
  query: Record<string, string> = {},
): Promise<URL> {
  const start = await browser.get(`/oauth/kakao/login/?${new URLSearchParams(query)}`)
  const authorizeUrl = start.headers.get('location')
  if (authorizeUrl === null) throw new Error(`the login did not begin: ${start.status}`)
  return await world.kakao.authorize(authorizeUrl, person)
}

/** A whole login. @returns The callback's answer. */
export async function login(
  world: World,
  browser: Browser,
  person: PersonChoices,
  query: Record<string, string> = {},
): Promise<Response> {
  return await browser.get(await goToKakao(world, browser, person, query))
}

/** What a test looks at in an answer of JSON. */
export type Json = Record<string, unknown>

export async function readJson(response: Response): Promise<Json> {
  return (await response.json()) as Json
}
