import { Hono } from 'hono'
import { journalPage } from '../pages/journal-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { RouteEnv } from '../world.ts'
import type { Controls } from './controls.ts'
import { wantsPage } from './wants-page.ts'

/** `GET, DELETE /_emulator/journal`: the requests received. */
export function journalRoute({ journal }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>()
    .get('/_emulator/journal', async (c) => {
      if (!wantsPage(c)) return c.json({ requests: journal.entries() })
      return await pageResponse(c.req.raw, (language) => journalPage(journal.entries(), language))
    })
    .delete('/_emulator/journal', (c) => {
      journal.clear()
      return c.json({ requests: [] })
    })
}
