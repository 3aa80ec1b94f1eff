import { expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const METADATA = {
  issuer: 'https://kauth.kakao.com',
  authorization_endpoint: 'https://kauth.kakao.com/oauth/authorize',
  token_endpoint: 'https://kauth.kakao.com/oauth/token',
  jwks_uri: 'https://kauth.kakao.com/.well-known/jwks.json',
}

test('the metadata, in our names', async () => {
  const { client, sent } = clientAnswered(() =>
    json({
      ...METADATA,
      userinfo_endpoint: 'https://kapi.kakao.com/v1/oidc/userinfo',
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      claims_supported: ['sub', 7, 'nonce'],
    }),
  )

  expect(await client.getDiscovery()).toEqual({
    issuer: 'https://kauth.kakao.com',
    authorizationEndpoint: 'https://kauth.kakao.com/oauth/authorize',
    tokenEndpoint: 'https://kauth.kakao.com/oauth/token',
    jwksUri: 'https://kauth.kakao.com/.well-known/jwks.json',
    userinfoEndpoint: 'https://kapi.kakao.com/v1/oidc/userinfo',
    codeChallengeMethodsSupported: ['S256'],
    idTokenSigningAlgValuesSupported: ['RS256'],
    claimsSupported: ['sub', 'nonce'],
  })
  expect(sent.map(({ url }) => url.href)).toEqual([
    'https://kauth.kakao.com/.well-known/openid-configuration',
  ])
})

test.each([
  ['another issuer', { ...METADATA, issuer: 'https://elsewhere.example' }],
  ['no key set', { ...METADATA, jwks_uri: undefined }],
  ['nothing', {}],
])('metadata with %s is not used', async (_, body) => {
  const { client } = clientAnswered(() => json(body))

  expect(await thrownBy(client.getDiscovery())).toMatchObject({ reason: 'unexpected_shape' })
})

test('an error is no metadata', async () => {
  const { client } = clientAnswered(() => json(METADATA, 404))

  expect(await thrownBy(client.getDiscovery())).toMatchObject({ reason: 'status', status: 404 })
})
