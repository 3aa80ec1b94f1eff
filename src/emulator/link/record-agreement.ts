import { hasSync } from '../state/apps.ts'
import type { AuthorizationCode } from '../state/grants.ts'
import type { Link } from '../state/links.ts'
import type { Person } from '../state/people.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world.ts'

/**
 * Links a person to the app for good, or adds to what a linked one has agreed to, and tells the app.
 * It happens when the code is redeemed: until then nobody is linked.
 */
export function recordAgreement(world: World, code: AuthorizationCode, issuer: string): Link {
  const { client, personId } = code.grant
  const { app } = client
  const now = world.clock.now()
  const person = getPerson(world, personId)
  const wasSignedUp = world.state.links.find(app.id, personId)?.signedUpAt !== undefined
  const link = world.state.links.link(app.id, person, now)
  if (app.settings.automatic_linking) link.signedUpAt ??= now
  const isMore = addItems(link, code, now)
  addTerms(link, code, now)

  const event = { app, personId, issuer }
  if (!wasSignedUp && link.signedUpAt) announce(world, { ...event, name: 'user-linked' })
  if (isMore) announce(world, { ...event, name: 'user-scope-consent' })
  return link
}

function getPerson({ state }: World, id: string): Person {
  const person = state.people.get(id)
  // Nobody is ever taken away.
  if (person === undefined) throw new Error('a code was issued to nobody')
  return person
}

/** @returns Whether anything was new. */
function addItems({ agreedAt }: Link, { agreed }: AuthorizationCode, now: Date): boolean {
  const added = (agreed?.items ?? []).filter((item) => !agreedAt.has(item))
  for (const item of added) agreedAt.set(item, now)
  return added.length > 0
}

function addTerms(link: Link, { grant, agreed }: AuthorizationCode, now: Date) {
  if (agreed === undefined || !hasSync(grant.client.app)) return
  link.synchedAt = now
  for (const tag of agreed.terms) link.terms.set(tag, { at: now, by: 'KAUTH' })
}
