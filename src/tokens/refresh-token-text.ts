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
export function writeRefreshToken({ sessionId, secret }: RefreshTokenText, seal: Deriver): string {
  const text = `${sessionId}.${secret}`
  return `${text}.${seal.derive(text).slice(0, SEAL_LENGTH)}`
}

/** @returns What the token says, or `undefined` when it is none of ours. */
export function readRefreshToken(token: string, seal: Deriver): RefreshTokenText | undefined {
  const [sessionId, secret, mark, ...rest] = token.split('.')
  if (!sessionId || !secret || mark?.length !== SEAL_LENGTH || rest.length > 0) return undefined
  const marks = seal.deriveAll(`${sessionId}.${secret}`)
  const isOurs = marks.some((one) => isEqual(one.slice(0, SEAL_LENGTH), mark))
  return isOurs ? { sessionId, secret } : undefined
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
