import type { Grant } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import type { State } from '../state/state.ts'
import { announce } from '../webhooks/announce.ts'
import { postUnlinkWebhook } from '../webhooks/unlink-webhook.ts'
import type { World } from '../world.ts'

type LinkedPair = Pick<Link, 'appId' | 'personId'>

/** Ends a link: consent, terms, user properties, tokens and codes go with it. */
export function endLink({ state }: World, link: Link): void {
  state.links.delete(link)
  endTokens(state, link)
  // A code stands for consent given before; it must not bring the link back.
  state.codes.deleteWhere(({ grant }) => isOf(link, grant))
}

/** Ends every token that an app holds of a person. */
export function endTokens(state: State, link: LinkedPair): void {
  state.accessTokens.deleteWhere(({ grant }) => isOf(link, grant))
  state.refreshTokens.deleteWhere(({ grant }) => isOf(link, grant))
}

export function isOf({ appId, personId }: LinkedPair, { client, personId: id }: Grant): boolean {
  return client.app.id === appId && id === personId
}

/** Ends a link on Kakao's side, by whatever hand but the app's own, and tells the app. */
export function unlinkAtKakao(
  world: World,
  link: Link,
  { issuer, referrerType }: { readonly issuer: string; readonly referrerType: string },
): void {
  const app = world.state.apps.find(({ id }) => id === link.appId)
  endLink(world, link)
  if (app === undefined) return
  const { personId } = link
  postUnlinkWebhook(world, { app, personId, referrerType })
  announce(world, {
    app,
    personId,
    issuer,
    name: 'user-unlinked',
    payload: { reason: referrerType },
  })
}
