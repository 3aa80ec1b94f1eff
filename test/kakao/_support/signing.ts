import {
  type Claims,
  encodeBase64url,
  generateSigningKey,
  type SigningKey,
  signJws,
} from '../../../src/jose/index.ts'
import { NOON } from './fake-kakao.ts'

const NOON_SECONDS = NOON.getTime() / 1000

/** Claims that a client with the key `rest-key` accepts at noon. */
export const GOOD_CLAIMS = {
  iss: 'https://kauth.kakao.com',
  aud: 'rest-key',
  sub: '1376016924429759228',
  iat: NOON_SECONDS - 10,
  exp: NOON_SECONDS + 21_599,
  auth_time: NOON_SECONDS - 20,
  nonce: 'nonce-1',
}

/** A key made once for a test file: making one takes long. */
export const KEY = await generateSigningKey('key-1')

export function jwkSet(...keys: SigningKey[]): { keys: object[] } {
  return { keys: keys.map((key) => key.publicJwk) }
}

/** @param changes Claims to add or replace; `undefined` takes one away. */
export function idToken(changes: Claims = {}, typ?: string): Promise<string> {
  return signJws({ ...GOOD_CLAIMS, ...changes }, KEY, typ)
}

/** Claims of an account-status webhook that a client with the key `rest-key` believes at noon. */
export const GOOD_EVENT = {
  iss: 'https://kauth.kakao.com',
  aud: 'rest-key',
  sub: '1376016924429759228',
  iat: NOON_SECONDS - 1,
  toe: NOON_SECONDS - 4,
  jti: 'event-1',
  txm: 'transaction-1',
  events: {
    'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked': {
      subject: {
        subject_type: 'iss-sub',
        iss: 'https://kauth.kakao.com',
        sub: '1376016924429759228',
      },
      reason: 'UNLINK_FROM_APPS',
    },
  },
}

/** @param changes Claims to add or replace; `undefined` takes one away. */
export function eventToken(changes: Claims = {}, typ = 'secevent+jwt'): Promise<string> {
  return signJws({ ...GOOD_EVENT, ...changes }, KEY, typ)
}

/** A token with any header and a signature that is none. */
export function unsignedToken(header: object): string {
  const part = (value: object) => encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))
  return `${part(header)}.${part(GOOD_CLAIMS)}.AAAA`
}
