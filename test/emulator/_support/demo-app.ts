import { createHash } from 'node:crypto'
import type { EmulatorSeed, KakaoEmulator } from '../../../src/emulator/index.ts'

export const ORIGIN = 'http://kakao.test'
export const REDIRECT_URI = 'http://localhost:8000/oauth/kakao/login/callback/'
export const HANEUL = '1000000001'
export const BADA = '1000000002'
export const SOL = '1376016924429759228'

type Fields = Readonly<Record<string, string>>

/** The demo app's request to authorize, with other or further parameters. */
export function authorizeUrl(parameters: Fields = {}): URL {
  const url = new URL('/oauth/authorize', ORIGIN)
  const all = {
    client_id: 'demo-rest-api-key',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    ...parameters,
  }
  for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
  return url
}

export function get(kakao: KakaoEmulator, path: string | URL, headers: Fields = {}) {
  return kakao.fetch(new Request(new URL(path, ORIGIN), { headers }))
}

export function post(kakao: KakaoEmulator, path: string, form: Fields, headers: Fields = {}) {
  const body = new URLSearchParams(form)
  return kakao.fetch(new Request(new URL(path, ORIGIN), { method: 'POST', body, headers }))
}

/** A control call with a JSON body. */
export function control(kakao: KakaoEmulator, method: string, path: string, body?: unknown) {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  return kakao.fetch(new Request(new URL(`/_emulator/${path}`, ORIGIN), { method, ...init }))
}

/** A code for a person of the demo app. */
export async function getCode(
  kakao: KakaoEmulator,
  person: Parameters<KakaoEmulator['authorize']>[1] = { id: HANEUL },
  parameters: Fields = {},
): Promise<string> {
  const back = await kakao.authorize(authorizeUrl(parameters), person)
  const code = back.searchParams.get('code')
  if (code === null) throw new Error(`no code in ${back.search}`)
  return code
}

/** The demo app's token call. */
export function callToken(kakao: KakaoEmulator, parameters: Fields): Promise<Response> {
  return post(kakao, '/oauth/token', {
    client_id: 'demo-rest-api-key',
    client_secret: 'demo-client-secret',
    ...parameters,
  })
}

export function redeem(kakao: KakaoEmulator, code: string, parameters: Fields = {}) {
  return callToken(kakao, {
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code,
    ...parameters,
  })
}

export function refresh(kakao: KakaoEmulator, refreshToken: string, parameters: Fields = {}) {
  return callToken(kakao, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...parameters,
  })
}

export interface Tokens {
  access_token: string
  refresh_token: string
  expires_in: number
  refresh_token_expires_in: number
  id_token?: string
  scope?: string
}

/** A whole login at the demo app. */
export async function logIn(
  kakao: KakaoEmulator,
  person: Parameters<KakaoEmulator['authorize']>[1] = { id: HANEUL },
  parameters: Fields = {},
): Promise<Tokens> {
  const response = await redeem(kakao, await getCode(kakao, person, parameters))
  return (await response.json()) as Tokens
}

/** The claims of an ID token, unverified. */
export function claimsOf({ id_token = '' }: Pick<Tokens, 'id_token'>): Record<string, unknown> {
  const [, payload = ''] = id_token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

export function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

/** The KOE code that a page or a JSON error names. */
export async function koeOf(response: Response): Promise<string | undefined> {
  return /KOE\d+/.exec(await response.text())?.[0]
}

/** The paths of the requests in the journal. */
export async function requestedPaths(kakao: KakaoEmulator): Promise<string[]> {
  const response = await control(kakao, 'GET', 'journal')
  const { requests } = (await response.json()) as { requests: { path: string }[] }
  return requests.map(({ path }) => path)
}

/** The `error` that a login in the person's own browser ends with. */
export async function errorOf(
  kakao: KakaoEmulator,
  parameters: Fields,
  id = HANEUL,
): Promise<string | null> {
  const back = await kakao.authorize(authorizeUrl(parameters), { id })
  return back.searchParams.get('error')
}

/** `/v2/user/me` with an access token, the answer as text and read. */
export async function me(kakao: KakaoEmulator, tokens: { access_token: string }, keys?: string) {
  const query = keys === undefined ? '' : `?property_keys=${encodeURIComponent(keys)}`
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const response = await get(kakao, `/v2/user/me${query}`, headers)
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> }
}

export function bearer({ access_token }: Pick<Tokens, 'access_token'>) {
  return { authorization: `Bearer ${access_token}` }
}

export const ADMIN = { authorization: 'KakaoAK demo-admin-key' }

/** The parameters by which a call with the admin key names a person. */
export function target(id: string) {
  return { target_id_type: 'user_id', target_id: id }
}

type AppSeed = NonNullable<EmulatorSeed['apps']>[number]
type PersonSeed = NonNullable<EmulatorSeed['people']>[number]

/** The demo app and Haneul, each with more or other settings. */
export function demoSeed(app: Partial<AppSeed> = {}, person: PersonSeed = {}): EmulatorSeed {
  return {
    apps: [
      {
        app_id: 123456,
        rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
        admin_keys: ['demo-admin-key'],
        any_loopback_redirect_uri: true,
        ...app,
      },
    ],
    people: [{ id: HANEUL, nickname: '김하늘', ...person }, { id: BADA }, { id: SOL }],
  }
}

/** The code of a kapi error with its status, such as `403 -3`. */
export async function kapiCodeOf(response: Response): Promise<string> {
  const { code } = (await response.json()) as { code?: number }
  return `${response.status} ${code}`
}
