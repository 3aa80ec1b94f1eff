/**
 * A Kakao that costs next to nothing: it answers the token call, and publishes its key. The code
 * says who has logged in and with which nonce; the ID token is really signed, on demand or ahead.
 *
 * Lines on stdin are codes to sign for ahead; each is answered with a line once that is done.
 */
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'
import type { WireTokenResponse } from '../../src/kakao/wire.ts'
import { APP_KEY, readCode, SCOPE, toPerson } from './people.ts'

const TOKEN_SECONDS = 21_600
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }
const ahead = new Map<string, string>()

const server = createServer((request, response) => {
  if (request.method !== 'POST') return answer(response, JSON.stringify({ keys: [KEY] }))
  let body = ''
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text
  })
  request.on('end', () => answer(response, takeTokens(findCode(body))))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  issuer = `http://127.0.0.1:${port}`
  process.stdout.write(`kakao ${port}\n`)
})
let issuer = ''

for await (const codes of createInterface({ input: process.stdin })) {
  for (const code of codes.split(' ')) ahead.set(code, toTokens(code))
  process.stdout.write('signed\n')
}
process.exit()

function findCode(form: string): string {
  return new URLSearchParams(form).get('code') ?? ''
}

function takeTokens(code: string): string {
  const signed = ahead.get(code)
  ahead.delete(code)
  return signed ?? toTokens(code)
}

function toTokens(code: string): string {
  const tokens: WireTokenResponse = {
    token_type: 'bearer',
    access_token: 'an-access-token-as-long-as-one-of-kakaos-is-about-54-c',
    expires_in: TOKEN_SECONDS,
    id_token: signIdToken(code),
    scope: SCOPE,
  }
  return JSON.stringify(tokens)
}

function signIdToken(code: string): string {
  const { kakaoId, nonce } = readCode(code)
  const { nickname, email } = toPerson(kakaoId)
  const iat = Math.floor(Date.now() / 1000)
  const times = { iat, auth_time: iat, exp: iat + TOKEN_SECONDS }
  const claims = { iss: issuer, aud: APP_KEY, sub: kakaoId, ...times, nonce, nickname, email }
  const input = `${encode({ alg: 'RS256', kid: KEY.kid, typ: 'JWT' })}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function answer(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
