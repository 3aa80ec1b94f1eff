import type { Context } from 'hono'
import { KapiError } from '../errors/kapi-error.ts'
import type { App } from '../state/apps.ts'
import type { AccessToken } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { RouteEnv, World } from '../world.ts'
import { getAdminApp } from './admin-caller.ts'
import { checkPeer, readAuthorization } from './authorization.ts'

/** Whom a call to kapi is about, and by which app it was made. */
export interface Caller {
  readonly app: App
  readonly person: Person
  readonly link: Link
  /** What the call was made with; absent with an admin key. */
  readonly token?: { readonly name: string; readonly issued: AccessToken }
}

/** Whether those who are only registered beforehand may be meant too. */
export interface CallerOptions {
  readonly preRegistered?: boolean
}

/**
 * Finds the caller of a call that takes a user's access token or the app's admin key.
 *
 * @param parameters Query or form: the admin key has to name the user there.
 * @throws {KapiError} -401, -2, -3, -4, -12, -101, -103, -406.
 */
export function getCaller(
  world: World,
  c: Context<RouteEnv>,
  parameters: URLSearchParams,
  options: CallerOptions = {},
): Caller {
  const { scheme } = readAuthorization(c.req.raw)
  if (scheme !== 'kakaoak') return getTokenCaller(world, c, options)
  const app = getAdminApp(world, c)
  return toCaller(world, app, readTarget(parameters), options)
}

/**
 * Finds the caller of a call that takes a user's access token only.
 *
 * @throws {KapiError} -401, -4, -12, -101, -103, -406.
 */
export function getTokenCaller(
  world: World,
  c: Context<RouteEnv>,
  options: CallerOptions = {},
): Caller {
  const { scheme, credential } = readAuthorization(c.req.raw)
  const now = world.clock.now()
  const { accessTokens } = world.state
  const issued = scheme === 'bearer' ? accessTokens.find(credential, now) : undefined
  if (issued === undefined) {
    const expired = accessTokens.hasExpired(credential, now)
    const msg = `this access token ${expired ? 'is already expired' : 'does not exist'}`
    throw new KapiError(-401, { msg })
  }
  const { client, personId } = issued.grant
  checkPeer('Bearer', client.key.allowedIps, c.env.remoteAddress)
  const caller = toCaller(world, client.app, personId, options)
  return { ...caller, token: { name: credential, issued } }
}

function toCaller(
  { state }: World,
  app: App,
  personId: string,
  { preRegistered = false }: CallerOptions,
): Caller {
  if (app.settings.blocked) throw new KapiError(-12)
  const person = state.people.get(personId)
  const link = state.links.find(app.id, personId)
  if (person === undefined || link === undefined) throw new KapiError(-101)
  if (!preRegistered && link.signedUpAt === undefined) throw new KapiError(-101)
  if (person.dormant) throw new KapiError(-103)
  if (person.blocked) throw new KapiError(-4)
  if (person.under_14 && !app.settings.admits_under_14) throw new KapiError(-406)
  return { app, person, link }
}

function readTarget(parameters: URLSearchParams): string {
  const id = parameters.get('target_id') ?? ''
  if (parameters.get('target_id_type') !== 'user_id' || !/^\d{1,19}$/.test(id)) {
    throw new KapiError(-2)
  }
  return id
}
