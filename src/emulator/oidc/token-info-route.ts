import { Hono } from 'hono'
import { type Claims, importVerifyKey, JoseError, verifyJws } from '../../jose/index.ts'
import { kakaoJson } from '../errors/error-response.ts'
import { KauthError } from '../errors/kauth-error.ts'
import { readForm, readParameters } from '../parameters.ts'
import type { RouteEnv, World } from '../world.ts'

/**
 * `POST /oauth/tokeninfo`: what an ID token holds, for those who debug.
 *
 * @see [Kakao: retrieve ID token information](https://developers.kakao.com/docs/latest/en/kakaologin/rest-api#oidc-get-id-token-info)
 */
export function tokenInfoRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/oauth/tokeninfo', async (c) => {
    const parameters = readParameters(await readForm(c.req.raw))
    return kakaoJson(await readIdToken(world, parameters.get('id_token') ?? ''))
  })
}

/** @throws {KauthError} KOE400: not signed by this Kakao, expired, or no ID token. */
async function readIdToken({ keys, clock, switches }: World, token: string): Promise<Claims> {
  try {
    const published = await keys.publicKeys()
    const { header, claims } = await verifyJws(token, async (kid) => {
      const found = published.find((key) => key.kid === kid)
      return found && (await importVerifyKey({ ...found }))
    })
    const isLive = typeof claims.exp === 'number' && claims.exp * 1000 > clock.now().getTime()
    if (isLive && header.typ === switches.id_token_type) return claims
  } catch (error) {
    if (!(error instanceof JoseError)) throw error
  }
  throw new KauthError('KOE400')
}
