import { expect, test } from 'vitest'
import { createKakaoClient } from '../../src/kakao/index.ts'

const REDIRECT_URI = 'http://localhost:8000/oauth/kakao/login/callback/?a=1&b=2'

const client = createKakaoClient({ restApiKey: 'rest-key' })

test('the least that Kakao needs', () => {
  const url = new URL(client.authorizeUrl({ redirectUri: REDIRECT_URI }))

  expect(url.origin + url.pathname).toBe('https://kauth.kakao.com/oauth/authorize')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'rest-key',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
  })
})

test('everything at once', () => {
  const url = new URL(
    client.authorizeUrl({
      redirectUri: REDIRECT_URI,
      state: 'state-1',
      nonce: 'nonce-1',
      codeChallenge: 'challenge-1',
      scopes: ['openid', 'account_email'],
      prompt: ['login', 'create'],
      loginHint: '+82 10-1234-5678',
      serviceTerms: ['tag-1', 'tag-2'],
    }),
  )

  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'rest-key',
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: 'challenge-1',
    code_challenge_method: 'S256',
    scope: 'openid account_email',
    prompt: 'login create',
    login_hint: '+82 10-1234-5678',
    service_terms: 'tag-1,tag-2',
  })
})

test('a space is written so that it is one wherever it is read', () => {
  const url = client.authorizeUrl({ redirectUri: REDIRECT_URI, loginHint: '+82 10' })

  expect(url).toContain('login_hint=%2B82%2010')
})

test('empty lists and texts are not sent', () => {
  const url = client.authorizeUrl({
    redirectUri: REDIRECT_URI,
    scopes: [],
    prompt: [],
    serviceTerms: [],
    loginHint: '',
  })

  expect([...new URL(url).searchParams.keys()]).toEqual([
    'client_id',
    'redirect_uri',
    'response_type',
  ])
})

test('another address of kauth is used as given', () => {
  const local = createKakaoClient({ restApiKey: 'rest-key', kauthUrl: 'http://localhost:8001' })

  expect(local.authorizeUrl({ redirectUri: REDIRECT_URI })).toMatch(
    /^http:\/\/localhost:8001\/oauth\/authorize\?client_id=/,
  )
})
