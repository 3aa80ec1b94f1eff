import { describe, expect, test } from 'vitest'
import { ENGINES } from '../_support/engines.ts'
import { login } from '../_support/login.ts'
import { HANEUL } from '../_support/world.ts'
import {
  expectAway,
  expectUnhurt,
  type Failure,
  HANG,
  loadCallbacks,
  openChaos,
  returnFromKakao,
  UNRESOLVED,
} from './_support/failing-kakao.ts'

const HTML = { headers: { 'content-type': 'text/html' } }
const JSON_TYPE = { headers: { 'content-type': 'application/json;charset=UTF-8' } }

const FAILURES: readonly (readonly [string, Failure])[] = [
  ['slower than anybody waits', HANG],
  ['resetting connections', () => Promise.reject(new TypeError('fetch failed'))],
  ['answering HTML', async () => new Response('<h1>시스템 점검 중</h1>', HTML)],
  ['answering 503', async () => new Response('', { status: 503 })],
  ['answering 429', async () => new Response('', { status: 429 })],
  ['answering half a JSON', halfOfTheAnswer],
  ['unknown to DNS', UNRESOLVED],
]

/** What was asked for is done at Kakao, and half of the answer arrives. */
async function halfOfTheAnswer(request: Request, send: typeof fetch): Promise<Response> {
  const text = await (await send(request)).text()
  return new Response(text.slice(0, text.length / 2), JSON_TYPE)
}

describe.each(ENGINES)('logins and session checks on $name, with Kakao', (engine) => {
  test.each(FAILURES)('%s', async (_title, failure) => {
    // Long enough for a busy machine, short enough to be waited for.
    const chaos = await openChaos(engine, { environment: { KAKAO_TIMEOUT: '2s' } })
    const { world, member } = chaos
    const [asking, heldBack] = [await returnFromKakao(world, 8), await returnFromKakao(world, 8)]
    chaos.fail(failure)

    const [failed] = await Promise.all([loadCallbacks(asking), expectUnhurt(chaos)])
    await expectAway(failed)
    expect(tokenCalls(chaos.takeCalls()).length).toBeGreaterThanOrEqual(5)

    const [refused] = await Promise.all([loadCallbacks(heldBack), expectUnhurt(chaos)])
    await expectAway(refused)
    expect(tokenCalls(chaos.takeCalls())).toEqual([])

    chaos.mend()
    world.clock.advance(5000)
    expect((await login(world, world.browser(), HANEUL)).status).toBe(200)
    const statuses = (await loadCallbacks(heldBack)).map(({ status }) => status)
    expect(statuses).toEqual(Array(8).fill(200))
    expect((await member.browser.get('/session/')).status).toBe(200)
    await expectUnhurt(chaos)

    expect(new Set(chaos.codesSent).size).toBe(chaos.codesSent.length)
    await world.close()
  })
})

function tokenCalls(paths: readonly string[]): string[] {
  return paths.filter((path) => path === '/oauth/token')
}
