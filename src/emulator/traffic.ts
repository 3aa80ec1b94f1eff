import type { Hono } from 'hono'
import type { Faults } from './control/faults.ts'
import type { Journal } from './control/journal.ts'
import { playFault, type Sleep } from './control/play-fault.ts'
import { endIncompleteSignUps } from './link/sign-up-deadline.ts'
import type { RequestContext, RouteEnv, World } from './world.ts'

/** What a request to Kakao passes through. */
export interface Traffic {
  readonly world: World
  readonly faults: Faults
  readonly journal: Journal
  readonly kakao: Hono<RouteEnv>
  readonly sleep: Sleep
}

/**
 * Answers a request to Kakao, or plays the fault that waits for it; and notes it in the journal.
 *
 * @throws {ConnectionDropped} The fault drops the connection.
 */
export async function answerAndNote(
  traffic: Traffic,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const at = traffic.world.clock.now()
  endIncompleteSignUps(traffic.world, new URL(request.url).origin)
  let status = 0
  try {
    const response = await answer(traffic, request, context)
    status = response.status
    return response
  } finally {
    traffic.journal.add(request, status, at)
  }
}

async function answer(
  traffic: Traffic,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const fault = traffic.faults.take(request)
  const failed = fault && (await playFault(fault, request, traffic))
  return failed ?? (await traffic.kakao.fetch(request, context))
}
