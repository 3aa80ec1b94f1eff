import { signJws } from '../../jose/index.ts'
import type { WireIdTokenClaims } from '../../kakao/wire.ts'
import { toUnixSeconds } from '../clock.ts'
import type { Grant } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import { hasAgreedTo } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import { thumbnailUrl } from '../user/pictures.ts'
import type { World } from '../world.ts'
import { accessTokenSeconds } from './issue-tokens.ts'

/** Whether an ID token is due. Switching OpenID Connect off in the console stops them at once. */
export function isIdTokenDue({ openid, client }: Grant): boolean {
  return openid && client.app.settings.openid_connect
}

/**
 * Signs the ID token of a grant.
 *
 * @see [Kakao: ID token](https://developers.kakao.com/docs/latest/en/kakaologin/utilize#oidc-id-token)
 */
export async function createIdToken(
  world: World,
  grant: Grant,
  { issuer, link }: { readonly issuer: string; readonly link: Link },
): Promise<string> {
  const issuedAt = toUnixSeconds(world.clock.now())
  const person = world.state.people.get(grant.personId)
  const claims: WireIdTokenClaims = {
    iss: issuer,
    aud: grant.client.key.key,
    sub: grant.personId,
    iat: issuedAt,
    exp: issuedAt + accessTokenSeconds(grant),
    auth_time: toUnixSeconds(grant.authenticatedAt),
    ...(grant.nonce !== undefined && { nonce: grant.nonce }),
    ...(person && sharedClaims(person, link, issuer)),
  }
  return signJws({ ...claims }, await world.keys.signingKey(), world.switches.id_token_type)
}

function sharedClaims(person: Person, link: Link, origin: string): Partial<WireIdTokenClaims> {
  return {
    ...(hasAgreedTo(link, 'profile_nickname') && { nickname: person.nickname }),
    ...(hasAgreedTo(link, 'profile_image') && { picture: thumbnailUrl(person, origin) }),
    ...(hasAgreedTo(link, 'account_email') && provenEmail(person)),
  }
}

/** An address is told only if valid and verified: there is no `email_verified` beside it. */
function provenEmail({ email, is_email_valid, is_email_verified }: Person): { email?: string } {
  return email !== undefined && is_email_valid && is_email_verified ? { email } : {}
}
