import type { App } from '../state/apps.ts'
import type { World } from '../world.ts'

/** The ids of everyone linked to an app, the smallest first. */
export function linkedIds({ state }: World, app: App): bigint[] {
  return state.links
    .ofApp(app.id)
    .filter(({ signedUpAt }) => signedUpAt !== undefined)
    .map(({ personId }) => BigInt(personId))
    .sort((one, other) => (one < other ? -1 : 1))
}
