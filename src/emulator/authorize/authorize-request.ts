import { type ConsentItemId, isConsentItemId } from '../consent-items.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { type Parameters, readList } from '../parameters.ts'
import { type App, acceptsRedirectUri, type Client, findClient } from '../state/apps.ts'
import type { AuthorizationCode } from '../state/grants.ts'
import type { Switches } from '../switches.ts'

/** A `prompt` value the emulator knows. */
export type Prompt = 'none' | 'login' | 'create' | 'select_account'

/** A request to authorize whose client, redirect URI and parameters are in order. */
export interface AuthorizeRequest {
  readonly client: Client
  readonly redirectUri: string
  readonly state: string | undefined
  readonly nonce: string | undefined
  readonly prompt: ReadonlySet<Prompt>
  /** The consent items that `scope` names. */
  readonly scope: readonly ConsentItemId[]
  /** The tags that `service_terms` names; absent without the parameter. */
  readonly serviceTerms: readonly string[] | undefined
  /** Whether an ID token is due: always, but for a `scope` that leaves `openid` out. */
  readonly openid: boolean
  readonly loginHint: string | undefined
  readonly challenge: AuthorizationCode['challenge']
}

/**
 * Checks what an app asks for. Nothing here is ever told to the redirect URI: every mistake is the
 * app's own and shown on a page.
 *
 * @throws {KauthError} KOE004, 006, 008, 101, 102, 201, 202, 204, 205, 207, 216.
 * @see [Kakao: request authorization code](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#request-code)
 */
export function toAuthorizeRequest(
  parameters: Parameters,
  apps: readonly App[],
  switches: Switches,
): AuthorizeRequest {
  const client = getClient(parameters, apps)
  checkResponseType(parameters)
  const redirectUri = getRedirectUri(parameters, client)
  if (parameters.has('channel_public_id')) throw new KauthError('KOE102')

  const scope = readList(parameters.get('scope'))
  return {
    client,
    redirectUri,
    prompt: readPrompt(parameters, switches),
    scope: toConsentItems(scope, client.app),
    serviceTerms: findServiceTerms(parameters, client.app),
    openid: client.app.settings.openid_connect && (scope.length === 0 || scope.includes('openid')),
    state: parameters.get('state'),
    nonce: parameters.get('nonce'),
    loginHint: parameters.get('login_hint'),
    challenge: findChallenge(parameters, switches),
  }
}

function getClient(parameters: Parameters, apps: readonly App[]): Client {
  const client = findClient(apps, getParameter(parameters, 'client_id'))
  if (client === undefined) throw new KauthError('KOE101')
  if (!client.app.settings.login_enabled) throw new KauthError('KOE004')
  return client
}

function checkResponseType(parameters: Parameters): void {
  const type = getParameter(parameters, 'response_type')
  if (type === 'token') throw new KauthError('KOE202')
  if (type !== 'code') throw new KauthError('KOE201')
}

function getRedirectUri(parameters: Parameters, client: Client): string {
  const redirectUri = getParameter(parameters, 'redirect_uri')
  if (acceptsRedirectUri(client, redirectUri)) return redirectUri
  // A native key belongs to the SDKs: on the web it is the kind of key that is wrong.
  const onTheWeb = /^https?:/.test(redirectUri)
  throw new KauthError(client.key.kind === 'native' && onTheWeb ? 'KOE008' : 'KOE006')
}

function getParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name)
  if (value === undefined) throw new KauthError('KOE207')
  return value
}

function readPrompt(parameters: Parameters, switches: Switches): Set<Prompt> {
  const values = readList(parameters.get('prompt'))
  if (values.includes('cert')) throw new KauthError('KOE216')
  if (!switches.unknown_prompt_ignored && !values.every(isPrompt)) throw new KauthError('KOE204')
  return new Set(values.filter(isPrompt))
}

function isPrompt(value: string): value is Prompt {
  return ['none', 'login', 'create', 'select_account'].includes(value)
}

function toConsentItems(scope: readonly string[], app: App): ConsentItemId[] {
  const configured = new Set<string>(app.settings.consent_items.map(({ id }) => id))
  if (app.settings.openid_connect) configured.add('openid')
  if (!scope.every((id) => configured.has(id))) throw new KauthError('KOE205')
  return scope.filter(isConsentItemId)
}

function findServiceTerms(parameters: Parameters, { settings }: App): string[] | undefined {
  const text = parameters.get('service_terms')
  if (text === undefined) return undefined
  const known = new Set(settings.service_terms.map(({ tag }) => tag))
  const tags = readList(text)
  if (!tags.every((tag) => known.has(tag))) throw new KauthError('KOE204')
  return tags
}

/** RFC 7636, section 4.3: without a method the challenge is `plain`. */
function findChallenge(parameters: Parameters, switches: Switches): AuthorizationCode['challenge'] {
  const value = parameters.get('code_challenge')
  if (value === undefined) return undefined
  const method = parameters.get('code_challenge_method') ?? 'plain'
  if (method === 'S256' || (method === 'plain' && switches.plain_challenge))
    return { value, method }
  throw new KauthError('KOE204')
}
