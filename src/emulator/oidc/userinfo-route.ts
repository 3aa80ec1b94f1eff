import { Hono } from 'hono'
import { kakaoJson } from '../errors/error-response.ts'
import { KapiError } from '../errors/kapi-error.ts'
import { hasAgreedTo, type Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import { getTokenCaller } from '../user/caller.ts'
import { thumbnailUrl } from '../user/pictures.ts'
import type { RouteEnv, World } from '../world.ts'

/**
 * `GET /v1/oidc/userinfo`: what the person shares, in OpenID Connect's words.
 *
 * @see [OpenID Connect Core, section 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)
 */
export function userinfoRoute(world: World): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/v1/oidc/userinfo', (c) => {
    const { app, person, link } = getTokenCaller(world, c)
    if (!app.settings.openid_connect) throw new KapiError(-3)

    const { origin } = new URL(c.req.url)
    return kakaoJson({
      sub: person.id,
      ...profileClaims(person, link, origin),
      ...emailClaims(person, link),
      ...personalClaims(person, link, world),
    })
  })
}

/** Nickname and picture are those of the time of the link, unlike in `/v2/user/me`. */
function profileClaims({ name }: Person, link: Link, origin: string) {
  return {
    ...(hasAgreedTo(link, 'name') && { name }),
    ...(hasAgreedTo(link, 'profile_nickname') && { nickname: link.profile.nickname }),
    ...(hasAgreedTo(link, 'profile_image') && { picture: thumbnailUrl(link.profile, origin) }),
  }
}

function emailClaims(person: Person, link: Link) {
  if (person.email === undefined || !hasAgreedTo(link, 'account_email')) return {}
  return { email: person.email, email_verified: person.is_email_valid && person.is_email_verified }
}

function personalClaims(person: Person, link: Link, { switches }: World) {
  const upper = switches.userinfo_gender === 'upper'
  const gender = upper ? person.gender?.toUpperCase() : person.gender
  const hasPhone = person.phone_number !== undefined && hasAgreedTo(link, 'phone_number')
  return {
    ...(hasAgreedTo(link, 'gender') && { gender }),
    ...birthdateClaim(person, link),
    ...(hasPhone && { phone_number: person.phone_number, phone_number_verified: true }),
  }
}

/** `YYYY-MM-DD`; `YYYY` with the year alone; `0000-MM-DD` with the day alone. */
function birthdateClaim({ birthyear, birthday }: Person, link: Link) {
  const year = hasAgreedTo(link, 'birthyear') ? birthyear : undefined
  const day = hasAgreedTo(link, 'birthday') ? birthday : undefined
  if (day === undefined) return year === undefined ? {} : { birthdate: year }
  return { birthdate: `${year ?? '0000'}-${day.slice(0, 2)}-${day.slice(2)}` }
}
