import type { WireKakaoAccount, WireProfile } from '../../kakao/wire.ts'
import { hasConsentItem } from '../state/apps.ts'
import { hasAgreedTo } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import type { AccountView } from './account-view.ts'
import type { Caller } from './caller.ts'
import { profileImageUrl, thumbnailUrl } from './pictures.ts'

/** The flags of the three items that share the profile. Everyone has a nickname and a picture. */
export function toProfileFlags({ app, link }: Caller): Partial<WireKakaoAccount> {
  return {
    ...(hasConsentItem(app, 'profile') && {
      profile_needs_agreement: !link.agreedAt.has('profile'),
    }),
    ...(hasConsentItem(app, 'profile_nickname') && {
      profile_nickname_needs_agreement: !link.agreedAt.has('profile_nickname'),
    }),
    ...(hasConsentItem(app, 'profile_image') && {
      profile_image_needs_agreement: !link.agreedAt.has('profile_image'),
    }),
  }
}

/** `profile` with what was agreed to of it; nothing when none was. */
export function toProfile({ person, link }: Caller, view: AccountView): { profile?: WireProfile } {
  const profile: WireProfile = {
    ...(hasAgreedTo(link, 'profile_nickname') && {
      nickname: person.nickname,
      is_default_nickname: person.is_default_nickname,
    }),
    ...(hasAgreedTo(link, 'profile_image') && toPictures(person, view)),
  }
  return Object.keys(profile).length === 0 ? {} : { profile }
}

/** The deprecated `properties.nickname` and its kin. */
export function toDeprecatedProperties(
  { person, link }: Caller,
  view: AccountView,
): Record<string, string> {
  const { profile_image_url, thumbnail_image_url } = toPictures(person, view)
  const all = [
    ['nickname', person.nickname, 'profile_nickname'],
    ['profile_image', profile_image_url, 'profile_image'],
    ['thumbnail_image', thumbnail_image_url, 'profile_image'],
  ] as const
  const told = all.filter(
    ([name, , scope]) => hasAgreedTo(link, scope) && view.wants(`properties.${name}`),
  )
  return Object.fromEntries(told.map(([name, value]) => [name, value]))
}

function toPictures(person: Person, { origin, secure }: AccountView) {
  return {
    thumbnail_image_url: withScheme(thumbnailUrl(person, origin), secure),
    profile_image_url: withScheme(profileImageUrl(person, origin), secure),
    is_default_image: person.is_default_image,
  }
}

/** An emulator on plain http has no https address to give: what it draws stays reachable. */
function withScheme(url: string, secure: boolean): string {
  return secure ? url : url.replace(/^https:/, 'http:')
}
