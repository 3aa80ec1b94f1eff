import {
  listDeadLetters,
  resendAllDeadLetters,
  resendDeadLetter,
} from '../../../src/deliveries/index.ts'
import { createUserKeys, exportAuditLog } from '../../../src/events/index.ts'
import { startHousekeeping } from '../../../src/housekeeping.ts'
import { PATHS } from '../../../src/http/paths.ts'
import { createSealer } from '../../../src/jose/seal.ts'
import { KAKAO_EVENT_TYPES } from '../../../src/kakao/index.ts'
import { resealAll } from '../../../src/resealing/index.ts'
import type { Browser } from '../../_support/browser.ts'
import { createClock, NOON } from '../../_support/clock.ts'
import { openStoreAt, type TestEngine } from '../../_support/engines.ts'
import { login } from '../../_support/login.ts'
import { createReceiver, tellTo } from '../../_support/receiver.ts'
import { loginByRelay, postForm, postJson, refresh } from '../../_support/ways.ts'
import { HANEUL, type World } from '../../_support/world.ts'
import {
  createHookedWorld,
  sendWebhook,
  unlinkAtKakao,
} from '../../webhooks/_support/hooked-world.ts'

const SECRET_KEY = 'a secret for tests'
const APP = 'https://app.example/signed-in'
const VERIFIER = 'an-app-s-own-verifier-of-43-characters-at-least'
const CHALLENGE = Buffer.from(
  await crypto.subtle.digest('SHA-256', new TextEncoder().encode(VERIFIER)),
).toString('base64url')
const DAY_MS = 86_400_000

/** Does with a store whatever can be done with it from outside, each thing once or twice. */
export async function driveFlows(engine: TestEngine, url: string): Promise<void> {
  const there = { ...engine, createUrl: async () => url }
  const receiver = createReceiver()
  const { environment, elsewhere } = tellTo(receiver)
  const clock = createClock()
  for (const KAKAO_TOKENS of ['keep', 'never']) {
    const world = await createHookedWorld(there, {
      clock,
      elsewhere,
      environment: {
        ...environment,
        KAKAO_TOKENS,
        REJOIN_AFTER: '1m',
        RETENTION: 'access_log:90d',
        APP_CALLBACK_URLS: APP,
        KAKAO_ADMIN_KEY: 'demo-admin-key',
        KAKAO_APP_ID: '123456',
      },
    })
    await driveVisitors(world)
    await driveTokens(world)
    await driveKakao(world)
    await driveDepartures(world)
    receiver.answer = () => new Response(null, { status: 500 })
    await driveTime(world)
    await world.close()
  }
  await driveLimits(there)
  await driveMaintenance(url)
}

/** Instances tell each other of whoever comes. */
async function driveLimits(engine: TestEngine): Promise<void> {
  const world = await createHookedWorld(engine, { environment: { RATE_LIMIT_LOGIN: '1/1m' } })
  await world.browser().get(PATHS.login)
  await world.daemun.work()
  await world.close()
}

async function driveVisitors(world: World): Promise<void> {
  const [browser, other] = [world.browser(), world.browser()]
  await login(world, browser, HANEUL)
  await login(world, other, HANEUL)
  await visitEveryPath(browser)

  const { sessions } = (await (await browser.get(PATHS.mySessions)).json()) as {
    sessions: { id: string; current: boolean }[]
  }
  for (const { id, current } of sessions) {
    if (!current) await browser.delete(`${PATHS.mySessions}${id}/`)
  }
  await browser.delete(`${PATHS.myConsents}account_email/`)
  await login(world, browser, HANEUL, { scope: 'account_email' })
  world.clock.advance(600_000)
  await browser.get(PATHS.session)
  for (const body of [{ kakao: 'token' }, { everywhere: true }, {}]) {
    await login(world, browser, HANEUL)
    await browser.post(PATHS.logout, JSON.stringify(body), { 'content-type': 'application/json' })
  }
  await world.daemun.work()
}

/** What others add is met here too, as far as a plain visit goes. */
async function visitEveryPath(browser: Browser): Promise<void> {
  for (const path of Object.values(PATHS)) await browser.get(path)
  await browser.get(`${PATHS.home}?code=none`)
}

async function driveTokens(world: World): Promise<void> {
  const { access_token, refresh_token } = await loginByRelay(world)
  await refresh(world, refresh_token)
  await refresh(world, refresh_token)
  await postForm(world, PATHS.revoke, { token: access_token })
  await postForm(world, PATHS.revoke, { token: refresh_token })
  await postJson(world, PATHS.nativeLogin, { access_token: 'unknown' })

  const delivery = {
    delivery: 'code',
    next: APP,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }
  const answer = await login(world, world.browser(), HANEUL, delivery)
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  for (const code_verifier of [VERIFIER, 'wrong'.repeat(10)]) {
    await postForm(world, PATHS.token, { grant_type: 'authorization_code', code, code_verifier })
  }
  await world.daemun.rotateSigningKey()
  await world.daemun.work()
}

async function driveKakao(world: World): Promise<void> {
  for (const event of Object.keys(KAKAO_EVENT_TYPES)) {
    await login(world, world.browser(), HANEUL)
    world.clock.advance(2000)
    await sendWebhook(world, { kind: 'account_status', person: HANEUL.id, event })
    await world.daemun.work()
  }
  await login(world, world.browser(), HANEUL)
  await unlinkAtKakao(world, HANEUL)
  await world.daemun.work()
  await world.daemun.reconcile()
}

async function driveDepartures(world: World): Promise<void> {
  const browser = world.browser()
  world.clock.advance(120_000)
  await login(world, browser, HANEUL)
  await browser.delete(PATHS.me)
  await world.daemun.work()
  await login(world, browser, HANEUL)
  world.clock.advance(120_000)
  await login(world, browser, HANEUL)
}

async function driveTime(world: World): Promise<void> {
  for (let day = 0; day < 40; day += 10) {
    world.clock.advance(10 * DAY_MS)
    await world.daemun.work()
  }
}

async function readAll(lines: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of lines);
}

async function driveMaintenance(url: string): Promise<void> {
  const { db } = await openStoreAt(url)
  const housekeeping = startHousekeeping({
    db,
    now: () => new Date(0),
    claimMaxAgeMs: 0,
    chores: [],
    onError: () => {},
  })
  await housekeeping.sweep()
  await housekeeping.stop()
  const randomBytes = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  await resealAll({ db, secrets: [SECRET_KEY], randomBytes })

  const sealer = createSealer({ secrets: [SECRET_KEY], purpose: 'user key', randomBytes })
  const userKeys = createUserKeys({ sealer, randomBytes })
  const queries = [{}, { userId: 'nobody' }, { since: NOON, until: NOON }]
  for (const query of queries) await readAll(exportAuditLog({ db, userKeys }, query))
  await readAll(listDeadLetters(db))
  await resendDeadLetter(db, 'none', NOON)
  await readAll(resendAllDeadLetters(db, NOON))
  await db.destroy()
}
