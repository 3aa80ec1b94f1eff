import { createHmac } from 'node:crypto'
import { CLIENT_SECRET } from './daemun.ts'
import { SOL } from './emulator.ts'

/** Makes another token of a good one, in the same time and with the same claims. */
export type Forge = (idToken: string) => string

export const signByNobody: Forge = (idToken) => {
  const { header, claims } = takeApart(idToken)
  return `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`
}

/** OpenID Connect lets providers do so; Kakao does not, and whoever knows the secret could. */
export const signWithClientSecret: Forge = (idToken) => {
  const { header, claims } = takeApart(idToken)
  const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`
  return `${input}.${createHmac('sha256', CLIENT_SECRET).update(input).digest('base64url')}`
}

export const alterClaims: Forge = (idToken) => {
  const { header, claims, signature } = takeApart(idToken)
  return `${encode(header)}.${encode({ ...claims, sub: SOL.id })}.${signature}`
}

function takeApart(idToken: string) {
  const [head = '', body = '', signature = ''] = idToken.split('.')
  return { header: decode(head), claims: decode(body), signature }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString())
}
