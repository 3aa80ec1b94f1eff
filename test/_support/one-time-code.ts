import { createHash } from 'node:crypto'
import { login } from './login.ts'
import { postForm } from './ways.ts'
import { HANEUL, type World } from './world.ts'

/** Where the app gets its code: has to be in `APP_CALLBACK_URLS`. */
export const APP_CALLBACK = 'https://app.example/signed-in?from=daemun'
const VERIFIER = 'an-app-s-own-verifier-of-43-characters-at-least'

/** RFC 7636, section 4.2. */
export function toChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

/** What the app begins with. */
export const CODE_START = {
  delivery: 'code',
  next: APP_CALLBACK,
  code_challenge: toChallenge(VERIFIER),
  code_challenge_method: 'S256',
  state: "the app's & own",
}

/** What the app brings beside the code. */
export const CODE_GRANT = { grant_type: 'authorization_code', code_verifier: VERIFIER }

/** A whole login, as far as the app's own address. */
export async function getOneTimeCode(
  world: World,
  change: Record<string, string> = {},
): Promise<string> {
  const response = await login(world, world.browser(), HANEUL, { ...CODE_START, ...change })
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

export async function exchangeOneTimeCode(
  world: World,
  fields: Record<string, string>,
): Promise<Response> {
  return await postForm(world, '/oauth/token/', { ...CODE_GRANT, ...fields })
}
