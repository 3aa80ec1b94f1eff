import type { Person } from '../state/people.ts'
import { announce } from '../webhooks/announce.ts'
import type { World } from '../world.ts'

/** Tells every app that a person is linked to, where something changed that Kakao tells apps. */
export function announceChange(world: World, before: Person, after: Person, issuer: string): void {
  if (toToldText(before) === toToldText(after)) return
  for (const { appId } of world.state.links.ofPerson(after.id)) {
    const app = world.state.apps.find(({ id }) => id === appId)
    if (app) announce(world, { app, personId: after.id, issuer, name: 'user-profile-changed' })
  }
}

/** Everything but what only the emulator knows of. */
function toToldText(person: Person): string {
  const { refuses, under_14, needs_interaction, dormant, blocked, ...told } = person
  return JSON.stringify(Object.entries(told).sort())
}
