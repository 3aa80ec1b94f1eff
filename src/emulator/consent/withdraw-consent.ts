import type { ConsentItemId } from '../consent-items.ts'
import type { App } from '../state/apps.ts'
import type { Link } from '../state/links.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world.ts'

/** Takes back consent to items, by whatever hand, and tells the app's webhook. */
export function withdrawConsent(
  world: World,
  { app, link }: { readonly app: App; readonly link: Link },
  items: readonly ConsentItemId[],
  issuer: string,
): void {
  const withdrawn = items.filter((item) => link.agreedAt.delete(item))
  if (withdrawn.length === 0) return
  announce(world, { app, personId: link.personId, issuer, name: 'user-scope-withdraw' })
}
