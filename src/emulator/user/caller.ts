import { KapiError } from '../errors/kapi-error.ts'
import type { App } from '../state/apps.ts'
import type { IssuedToken } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { World } from '../world.ts'

/** Whom a call to kapi is about, and by which app it was made. */
export interface Caller {
  readonly app: App
  readonly person: Person
  readonly link: Link
  /** What the caller showed; absent where it was the admin key. */
  readonly token?: IssuedToken
}

/** A caller with an access token. */
export interface TokenCaller extends Caller {
  readonly token: IssuedToken
}

/**
 * Finds the caller of a call that takes a user's access token or the app's admin key.
 *
 * @param parameters Query or form: the admin key has to name the user there.
 * @throws {KapiError} -401, -2, -101.
 */
export function getCaller(world: World, request: Request, parameters: URLSearchParams): Caller {
  const { scheme, credential } = readAuthorization(request)
  if (scheme !== 'kakaoak') return getTokenCaller(world, request)

  const app = world.state.apps.find(({ adminKeys }) => adminKeys.includes(credential))
  if (app === undefined) {
    throw new KapiError(-401, { msg: 'appKey does not exist', scheme: 'KakaoAK' })
  }
  return toCaller(world, app, readTarget(parameters))
}

/**
 * Finds the caller of a call that takes a user's access token only.
 *
 * @throws {KapiError} -401, -101.
 */
export function getTokenCaller(world: World, request: Request): TokenCaller {
  const { scheme, credential } = readAuthorization(request)
  const now = world.clock.now()
  const { accessTokens } = world.state
  const token = scheme === 'bearer' ? accessTokens.find(credential, now) : undefined
  if (token === undefined) {
    const expired = accessTokens.hasExpired(credential, now)
    const msg = `this access token ${expired ? 'is already expired' : 'does not exist'}`
    throw new KapiError(-401, { msg })
  }
  return { ...toCaller(world, token.grant.client.app, token.grant.personId), token }
}

function toCaller({ state }: World, app: App, personId: string): Caller {
  const person = state.people.get(personId)
  const link = state.links.find(app.id, personId)
  if (person === undefined || link === undefined) throw new KapiError(-101)
  return { app, person, link }
}

function readTarget(parameters: URLSearchParams): string {
  const id = parameters.get('target_id') ?? ''
  if (parameters.get('target_id_type') !== 'user_id' || !/^\d{1,19}$/.test(id)) {
    throw new KapiError(-2)
  }
  return id
}

/** Older clients, passport-kakao among them, send the token in the query (RFC 6750, section 2.3). */
function readAuthorization(request: Request) {
  const header = request.headers.get('authorization')
  if (header === null) {
    const credential = new URL(request.url).searchParams.get('access_token') ?? ''
    return { scheme: 'bearer', credential }
  }
  const [scheme = '', credential = ''] = header.split(' ')
  return { scheme: scheme.toLowerCase(), credential }
}
