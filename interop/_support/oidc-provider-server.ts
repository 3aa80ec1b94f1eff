import { createServer } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import type { PersonChoices } from '../../src/emulator/index.ts'
import { CLIENT_SECRET, REST_API_KEY } from './daemun.ts'
import { type ProviderAccount, useProviderPages } from './oidc-provider-person.ts'
import { listenAt, type Served } from './serve.ts'

/** An `oidc-provider` at Kakao's paths. */
export interface ServedOidcProvider extends Served {
  /** A person signs in and consents on the provider's own pages. */
  authorize(url: URL, person: PersonChoices): Promise<URL>
}

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3600

/** Starts a provider that asks for PKCE from everyone, and has our server as its only client. */
export async function startOidcProvider(
  origin: string,
  { redirectUri, accounts }: { redirectUri: string; accounts: readonly ProviderAccount[] },
): Promise<ServedOidcProvider> {
  const provider = new Provider(origin, {
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      jwks: '/.well-known/jwks.json',
    },
    clients: [
      {
        client_id: REST_API_KEY,
        client_secret: CLIENT_SECRET,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [redirectUri],
      },
    ],
    pkce: { required: () => true },
    claims: { profile: ['nickname'], email: ['email', 'email_verified'] },
    // What the scopes name goes into the ID token, as at Kakao.
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, id: string) => findAccount(accounts, id),
    jwks: { keys: [await createJwk()] },
    cookies: { keys: ['a key for tests'] },
    ttl: {
      AccessToken: HOUR_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Grant: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
  })
  const served = await listenAt(origin, createServer(provider.callback()))
  return { ...served, authorize: useProviderPages }
}

function findAccount(accounts: readonly ProviderAccount[], id: string) {
  const account = accounts.find((one) => one.id === id)
  if (account === undefined) return undefined
  const { nickname, email } = account
  return { accountId: id, claims: () => ({ sub: id, nickname, email, email_verified: true }) }
}

async function createJwk() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: 'k-1', alg: 'RS256', use: 'sig' }
}
