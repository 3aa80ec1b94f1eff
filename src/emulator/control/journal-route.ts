import { Hono } from 'hono'
import type { RouteEnv } from '../world.ts'
import type { Controls } from './controls.ts'

/** `GET, DELETE /_emulator/journal`: the requests received. */
export function journalRoute({ journal }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/_emulator/journal', (c) => c.json({ requests: journal.entries() }))
    .delete('/_emulator/journal', (c) => {
      journal.clear()
      return c.json({ requests: [] })
    })
}
