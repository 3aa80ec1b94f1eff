import { expect } from 'vitest'
import type { Browser } from '../../_support/browser.ts'
import type { TestEngine } from '../../_support/engines.ts'
import { goToKakao, login, readJson } from '../../_support/login.ts'
import { loginByRelay, refresh, type Tokens } from '../../_support/ways.ts'
import { HANEUL, type World, type WorldOptions } from '../../_support/world.ts'
import {
  ACCOUNT_STATUS,
  createHookedWorld,
  sendWebhook,
  UNLINK,
} from '../../webhooks/_support/hooked-world.ts'

/** What our server gets instead of Kakao's answer. */
export type Failure = (request: Request, send: typeof fetch) => Promise<Response>

/** A service in use, whose Kakao can be made to fail. */
export interface Chaos {
  readonly world: World
  /** Signed in before anything failed. */
  readonly member: { readonly browser: Browser; tokens: Tokens | undefined }
  /** Every code that left for Kakao, in order. */
  readonly codesSent: readonly string[]
  /** Paths asked of Kakao since the last time, whether or not it answered. */
  takeCalls(): string[]
  fail(failure: Failure): void
  mend(): void
}

/** Answers nothing until it is given up. */
export const HANG: Failure = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

/** There is nobody to send anything to. */
export const UNRESOLVED: Failure = async () => await fetch('http://kakao.invalid/')

/** @param options.failure From the start on; then nobody is signed in. */
export async function openChaos(
  engine: TestEngine,
  { failure: first, environment = {}, ...options }: WorldOptions & { failure?: Failure } = {},
): Promise<Chaos> {
  let failure = first
  const codesSent: string[] = []
  const calls: string[] = []
  const world = await createHookedWorld(engine, {
    ...options,
    environment: { KAKAO_ADMIN_KEY: 'demo-admin-key', ...environment },
    async intercept(request, send) {
      calls.push(new URL(request.url).pathname)
      const code = await findCode(request)
      if (code !== null && failure !== UNRESOLVED) codesSent.push(code)
      return failure === undefined ? await send(request) : await failure(request, send)
    },
  })
  const browser = world.browser()
  if (first === undefined) await login(world, browser, HANEUL)
  const tokens = first === undefined ? await loginByRelay(world) : undefined
  await world.daemun.work()
  calls.length = 0

  return {
    world,
    member: { browser, tokens },
    codesSent,
    takeCalls: () => calls.splice(0),
    fail(how) {
      failure = how
    },
    mend() {
      failure = undefined
    },
  }
}

async function findCode(request: Request): Promise<string | null> {
  if (!request.url.endsWith('/oauth/token')) return null
  return new URLSearchParams(await request.clone().text()).get('code')
}

/** A login that Kakao's part of is over: all that is left is the callback. */
export interface Returned {
  readonly browser: Browser
  readonly callback: URL
}

export async function returnFromKakao(world: World, times: number): Promise<Returned[]> {
  return await Promise.all(
    Array.from({ length: times }, async () => {
      const browser = world.browser()
      return { browser, callback: await goToKakao(world, browser, HANEUL) }
    }),
  )
}

export async function loadCallbacks(returned: readonly Returned[]): Promise<Response[]> {
  return await Promise.all(returned.map(({ browser, callback }) => browser.get(callback)))
}

/** Each says that Kakao is away, and when to come again. */
export async function expectAway(answers: readonly Response[]): Promise<void> {
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^[1-5]$/)
    expect(await readJson(answer)).toMatchObject({ code: 'kakao_unavailable' })
  }
}

/** What does not need Kakao goes on: sessions are checked, tokens refreshed, webhooks taken. */
export async function expectUnhurt({ world, member }: Chaos): Promise<void> {
  const refreshed = await refresh(world, member.tokens?.refresh_token ?? '')
  expect(refreshed.status).toBe(200)
  member.tokens = (await refreshed.json()) as Tokens
  const bearer = { authorization: `Bearer ${member.tokens.access_token}` }

  const statuses = await Promise.all([
    ...Array.from({ length: 4 }, () => statusOf(member.browser.get('/session/'))),
    statusOf(member.browser.get('/auth/verify/')),
    statusOf(world.browser().get('/session/', bearer)),
    statusOf(unlinkWebhook(world)),
    statusOf(world.browser().get('/healthz')),
    statusOf(world.browser().get('/readyz')),
  ])
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect((await accountStatusWebhook(world)).status).toBe(202)
}

async function statusOf(answer: Promise<Response>): Promise<number> {
  return (await answer).status
}

/** About a stranger. */
export async function unlinkWebhook(world: World): Promise<Response> {
  const query = new URLSearchParams({ app_id: '123456', user_id: '42' })
  return await world
    .browser()
    .get(`${UNLINK}?${query}`, { authorization: 'KakaoAK demo-admin-key' })
}

/** Nothing that changes anything. */
export async function accountStatusWebhook(world: World): Promise<Response> {
  const wanted = { kind: 'account_status', person: HANEUL.id, event: 'user-linked', send: false }
  const { token } = await sendWebhook(world, wanted)
  return await world.browser().post(ACCOUNT_STATUS, token)
}
