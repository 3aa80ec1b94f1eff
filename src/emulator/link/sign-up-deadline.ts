import type { World } from '../world.ts'
import { unlinkAtKakao } from './unlink.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Unlinks whoever has been registered beforehand for a day and not signed up since. */
export function endIncompleteSignUps(world: World, issuer: string): void {
  const { apps, links } = world.state
  const earliest = world.clock.now().getTime() - DAY_MS
  for (const { id, settings } of apps) {
    if (settings.automatic_linking) continue
    const overdue = links
      .ofApp(id)
      .filter(({ signedUpAt, linkedAt }) => !signedUpAt && linkedAt.getTime() <= earliest)
    for (const link of overdue) {
      unlinkAtKakao(world, link, { issuer, referrerType: 'INCOMPLETE_SIGN_UP' })
    }
  }
}
