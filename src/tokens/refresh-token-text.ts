import { timingSafeEqual } from 'node:crypto'
import type { Deriver } from '../jose/derive.ts'

/** What a refresh token says, once its seal was found to be ours. */
export interface RefreshTokenText {
  readonly sessionId: string
  readonly secret: string
}

const SEAL_LENGTH = 22

/**
 * Writes a refresh token: the session it belongs to, a secret, and a seal over both.
 *
 * The seal tells a token of ours that the store has long forgotten from one that never was: the
 * first ends its session, the second ends nothing.
 */
export function writeRefreshToken(text: RefreshTokenText, seal: Deriver): string {
  return `${toSealed(text)}.${seal.derive(toSealed(text)).slice(0, SEAL_LENGTH)}`
}

/** @returns The token as each secret would have sealed it: it may be older than the current one. */
export function listRefreshTokens(text: RefreshTokenText, seal: Deriver): readonly string[] {
  return listSeals(text, seal).map((mark) => `${toSealed(text)}.${mark}`)
}

/** @returns What the token says, or `undefined` when it is none of ours. */
export function readRefreshToken(token: string, seal: Deriver): RefreshTokenText | undefined {
  const [sessionId, secret, mark, ...rest] = token.split('.')
  if (!sessionId || !secret || mark?.length !== SEAL_LENGTH || rest.length > 0) return undefined
  const text = { sessionId, secret }
  return listSeals(text, seal).some((ours) => isEqual(ours, mark)) ? text : undefined
}

function listSeals(text: RefreshTokenText, seal: Deriver): readonly string[] {
  return seal.deriveAll(toSealed(text)).map((mark) => mark.slice(0, SEAL_LENGTH))
}

function toSealed({ sessionId, secret }: RefreshTokenText): string {
  return `${sessionId}.${secret}`
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
