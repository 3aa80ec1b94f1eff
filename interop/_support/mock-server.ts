import { Events, type MutableResponse, type MutableToken, OAuth2Server } from 'oauth2-mock-server'
import type { Forge } from './forge.ts'
import { findFreeOrigin, type Served } from './serve.ts'

/** An `oauth2-mock-server` at Kakao's paths, and what its hooks put into the next ID token. */
export interface ServedMock extends Served {
  claims: Record<string, unknown>
  /** The key that the header names, in place of the one that signed. */
  kid: string | undefined
  /** Replaces the token once it is signed. */
  forge: Forge | undefined
}

export async function startMock(): Promise<ServedMock> {
  const origin = await findFreeOrigin()
  const server = new OAuth2Server(undefined, undefined, {
    endpoints: {
      authorize: '/oauth/authorize',
      token: '/oauth/token',
      jwks: '/.well-known/jwks.json',
    },
  })
  await server.issuer.keys.generate('RS256')
  server.issuer.url = origin
  await server.start(Number(new URL(origin).port), new URL(origin).hostname)

  const mock: ServedMock = {
    origin,
    claims: {},
    kid: undefined,
    forge: undefined,
    close: () => server.stop(),
  }
  server.service.on(Events.BeforeTokenSigning, ({ header, payload }: MutableToken) => {
    Object.assign(payload, mock.claims)
    header.kid = mock.kid ?? header.kid
  })
  server.service.on(Events.BeforeResponse, ({ body }: MutableResponse) => {
    if (body !== '' && mock.forge !== undefined) body.id_token = mock.forge(String(body.id_token))
  })
  return mock
}
