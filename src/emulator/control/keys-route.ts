import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import type { Controls } from './controls.ts'

/** `POST /_emulator/keys/rotate`: a new signing key; the old ones stay published. */
export function keysRoute({ world: { keys } }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>().post('/_emulator/keys/rotate', async (c) => {
    keys.rotate()
    const [{ kid }, published] = await Promise.all([keys.signingKey(), keys.publicKeys()])
    return c.json({ signing_kid: kid, kids: published.map((key) => key.kid) })
  })
}
