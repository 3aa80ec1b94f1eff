import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { isAllowedAddress } from '../network.ts'
import { type Parameters, readForm, readParameters } from '../parameters.ts'
import { type App, type Client, findClient } from '../state/apps.ts'
import type { RouteEnv, World } from '../world.ts'
import { exchangeCode } from './exchange-code.ts'
import { refreshTokens } from './refresh-tokens.ts'

/** `POST /oauth/token`: a code or a refresh token in, tokens out. */
export function tokenRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/oauth/token', async (c) => {
    const parameters = readParameters(await readForm(c.req.raw))
    const issuer = new URL(c.req.url).origin

    const grant = getGrantType(parameters, world)
    const client = authenticateClient(parameters, world)
    checkAddress(client, c.env.remoteAddress)
    return kakaoJson(await grant(world, { parameters, client, issuer }))
  })
}

/** @throws {KauthError} KOE310. */
function getGrantType(parameters: Parameters, { switches }: World) {
  const grantType = parameters.get('grant_type')
  if (grantType === 'authorization_code') return exchangeCode
  if (grantType === 'refresh_token') return refreshTokens
  throw new KauthError('KOE310', { error: switches.grant_type_error })
}

/**
 * `client_secret_post` and nothing else: an `Authorization` header is not even read.
 *
 * @throws {KauthError} KOE101, KOE010.
 */
function authenticateClient(parameters: Parameters, { state, switches }: World): Client {
  const client = findNamedClient(parameters, state.apps)
  if (client === undefined) {
    const description = `Not exist client_id [${parameters.get('client_id') ?? 'null'}]`
    throw new KauthError('KOE101', { description, status: switches.unknown_key_status })
  }
  const { secret } = client.key
  if (secret !== undefined && parameters.get('client_secret') !== secret) {
    throw new KauthError('KOE010')
  }
  return client
}

/** @throws {KauthError} KOE127. */
function checkAddress({ key }: Client, remoteAddress: string | undefined): void {
  if (!isAllowedAddress(key.allowedIps, remoteAddress)) throw new KauthError('KOE127')
}

function findNamedClient(parameters: Parameters, apps: readonly App[]): Client | undefined {
  const clientId = parameters.get('client_id')
  return clientId === undefined ? undefined : findClient(apps, clientId)
}
