/** JSON Web Signatures and keys, RS256 only: what Kakao signs with and what RFC 9068 demands. */
export { decodeBase64url, encodeBase64url } from './base64url.ts'
export { CachedKeys, type Keys } from './cached-keys.ts'
export { JoseError } from './errors.ts'
export { generateSigningKey, importVerifyKey, type PublicJwk, type SigningKey } from './jwk.ts'
export { importJwkSet } from './jwk-set.ts'
export {
  type Claims,
  type DecodedJws,
  decodeJws,
  type FindKey,
  signJws,
  type VerifySignature,
  verifyJws,
} from './jws.ts'
export { exportPrivateKey, importSigningKey, type PrivateJwk } from './signing-key.ts'
