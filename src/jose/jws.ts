import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { JoseError } from './errors.ts'
import { type CryptoKey, RS256, type SigningKey } from './jwk.ts'

/** The JOSE header of a compact JWS (RFC 7515, section 4). */
export interface JwsHeader {
  readonly alg: string
  readonly kid?: string
  readonly typ?: string
  readonly [parameter: string]: unknown
}

/** A JSON object, not looked into yet. */
export type Claims = { readonly [claim: string]: unknown }

/** A compact JWS taken apart, its signature **not** checked. */
export interface DecodedJws {
  readonly header: JwsHeader
  readonly claims: Claims
  readonly signingInput: string
  readonly signature: Uint8Array<ArrayBuffer>
}

/** Finds the key a token names; `undefined` when there is none of that name. */
export type FindKey = (kid: string) => Promise<CryptoKey | undefined>

const utf8 = new TextDecoder('utf-8', { fatal: true })
const encoder = new TextEncoder()

/**
 * Signs claims as a compact JWS with RS256.
 *
 * @param typ The `typ` header; `JWT` where the profile asks for nothing else.
 * @see [RFC 7515, section 5.1](https://www.rfc-editor.org/rfc/rfc7515.html#section-5.1)
 */
export async function signJws(claims: Claims, key: SigningKey, typ = 'JWT'): Promise<string> {
  const header = { alg: 'RS256', kid: key.kid, typ }
  const signingInput = `${encodeJson(header)}.${encodeJson(claims)}`
  const input = encoder.encode(signingInput)
  const signature = await crypto.subtle.sign(RS256.name, key.privateKey, input)
  return `${signingInput}.${encodeBase64url(new Uint8Array(signature))}`
}

/**
 * Takes a compact JWS apart. Nothing in the result may be trusted before {@link verifyJws}.
 *
 * @throws {JoseError} `malformed`: not three base64url parts with two JSON objects.
 * @see [RFC 7515, section 5.2](https://www.rfc-editor.org/rfc/rfc7515.html#section-5.2)
 */
export function decodeJws(token: string): DecodedJws {
  const [head, body, tail, ...rest] = token.split('.')
  if (head === undefined || body === undefined || tail === undefined || rest.length > 0) {
    throw new JoseError('malformed', 'a token must have three parts')
  }

  const header = decodeJson(head)
  const signature = decodeBase64url(tail)
  if (!isHeader(header) || signature === undefined) {
    throw new JoseError('malformed', 'a token has a broken header or signature')
  }
  return { header, claims: decodeJson(body), signingInput: `${head}.${body}`, signature }
}

/** Whether an RS256 signature is good (RFC 7518, section 3.3). */
export type VerifySignature = (
  key: CryptoKey,
  signed: { readonly signature: Uint8Array<ArrayBuffer>; readonly input: Uint8Array<ArrayBuffer> },
) => boolean | Promise<boolean>

const verifyByWeb: VerifySignature = async (key, { signature, input }) =>
  await crypto.subtle.verify(RS256.name, key, signature, input)

/**
 * Checks the signature of a compact JWS. The algorithm is pinned to RS256, whatever the token says.
 *
 * Claims are not looked at: issuer, audience and times are the caller's to judge.
 *
 * @param verifySignature Default: Web Cryptography, which is there in every runtime.
 * @throws {JoseError} `malformed`, `algorithm_not_allowed`, `key_unknown`, `signature_invalid`.
 * @throws Whatever `findKey` throws.
 * @see [RFC 8725, section 3.1](https://www.rfc-editor.org/rfc/rfc8725.html#section-3.1)
 */
export async function verifyJws(
  token: string,
  findKey: FindKey,
  verifySignature: VerifySignature = verifyByWeb,
): Promise<DecodedJws> {
  const jws = decodeJws(token)
  if (jws.header.alg !== 'RS256') {
    throw new JoseError('algorithm_not_allowed', 'a token is not signed with RS256')
  }
  // RFC 7515, section 4.1.11: an extension marked critical and not understood refuses the token.
  if (jws.header.crit !== undefined) {
    throw new JoseError('malformed', 'a token demands an extension that is not supported')
  }

  const key = jws.header.kid === undefined ? undefined : await findKey(jws.header.kid)
  if (key === undefined) throw new JoseError('key_unknown', 'a token names no known key')

  const input = encoder.encode(jws.signingInput)
  if (!(await verifySignature(key, { signature: jws.signature, input }))) {
    throw new JoseError('signature_invalid', 'a token has a wrong signature')
  }
  return jws
}

function encodeJson(value: Claims): string {
  return encodeBase64url(encoder.encode(JSON.stringify(value)))
}

function decodeJson(part: string): Claims {
  const bytes = decodeBase64url(part)
  if (bytes === undefined) throw new JoseError('malformed', 'a token is not base64url')
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    throw new JoseError('malformed', 'a token does not hold JSON')
  }
  if (!isObject(value)) throw new JoseError('malformed', 'a token does not hold a JSON object')
  return value
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isHeader(header: Claims): header is JwsHeader {
  const { alg, kid, typ } = header
  return typeof alg === 'string' && isOptionalText(kid) && isOptionalText(typ)
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}
