import { Hono } from 'hono'
import { homePage } from '../pages/home-page.ts'
import { pageResponse } from '../pages/page-response.ts'
import type { RouteEnv, World } from '../world.ts'
import type { Controls } from './controls.ts'
import { wantsPage } from './wants-page.ts'

/** `GET /_emulator/`: what this is, as a page or as JSON. */
export function homeRoute({ world }: Controls): Hono<RouteEnv> {
  return new Hono<RouteEnv>().get('/_emulator', async (c) => {
    if (!wantsPage(c)) return c.json(toOverview(world))
    return await pageResponse(c.req.raw, (language) => homePage(world, language))
  })
}

/** By this another process knows an emulator when it meets one. No secret is in it. */
export function toOverview({ state, clock }: World) {
  return {
    emulator: 'kakao',
    now: clock.now().toISOString(),
    apps: state.apps.map(({ id, name }) => ({ app_id: id, name })),
    people: [...state.people.values()].map(({ id, nickname }) => ({ id, nickname })),
  }
}
