import { createHash } from 'node:crypto'
import type { Config } from '../config/index.ts'
import { JoseError, signJws, verifyJws } from '../jose/index.ts'
import { verifyByNode } from '../jose/node-verify.ts'
import type { Session } from '../sessions/index.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface AccessTokensDeps {
  readonly config: Pick<Config, 'publicUrl' | 'tokens'>
  readonly keys: SigningKeys
  readonly now: () => Date
}

export interface IssuedAccessToken {
  readonly token: string
  readonly expiresInSeconds: number
}

/** JWT access tokens, which resource servers check by our published keys. */
export interface AccessTokens {
  /**
   * Makes an access token of a session. The same session, seed and instant make the same token.
   *
   * @param seed Told to nobody; the `jti` follows from it.
   * @see [RFC 9068](https://www.rfc-editor.org/rfc/rfc9068.html)
   */
  issue(session: Session, seed: string, issuedAt: Date): Promise<IssuedAccessToken>
  /** @returns The session that a good token stands for, which may have ended since. */
  findSessionId(token: string): Promise<string | undefined>
}

const CLIENT_ID = 'daemun'
const TYPE = 'at+jwt'

export function createAccessTokens({ config, keys, now }: AccessTokensDeps): AccessTokens {
  const { publicUrl: issuer, tokens } = config
  const ttlSeconds = Math.floor(tokens.accessTtlMs / 1000)

  return {
    async issue(session, seed, issuedAt) {
      const iat = toSeconds(issuedAt)
      const claims = {
        iss: issuer,
        aud: tokens.audience,
        sub: session.userId,
        sid: session.id,
        client_id: CLIENT_ID,
        iat,
        exp: iat + ttlSeconds,
        jti: createHash('sha256').update(`${seed} ${iat}`).digest('base64url').slice(0, 22),
        auth_time: toSeconds(session.createdAt),
      }
      const token = await signJws(claims, await keys.getCurrent(), TYPE)
      return { token, expiresInSeconds: ttlSeconds }
    },

    async findSessionId(token) {
      const jws = await verifyOrNothing(token, keys)
      if (jws === undefined || jws.header.typ !== TYPE) return undefined
      const { iss, aud, exp, sid } = jws.claims
      const isOurs = iss === issuer && aud === tokens.audience
      const isLive = typeof exp === 'number' && exp * 1000 > now().getTime()
      return isOurs && isLive && typeof sid === 'string' ? sid : undefined
    },
  }
}

async function verifyOrNothing(token: string, keys: SigningKeys) {
  try {
    return await verifyJws(token, keys.findVerifyKey, verifyByNode)
  } catch (error) {
    if (error instanceof JoseError) return undefined
    throw error
  }
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000)
}
