import { afterEach, beforeEach, expect, test } from 'vitest'
import { Browser } from '../_support/browser.ts'
import { SQLITE } from '../_support/engines.ts'
import { goToKakao, login, readJson } from '../_support/login.ts'
import { createReceiver, tellTo } from '../_support/receiver.ts'
import { APP, HANEUL, type World } from '../_support/world.ts'
import {
  ACCOUNT_STATUS,
  createHookedWorld,
  sendWebhook,
  UNLINK,
  unlinkAtKakao,
} from '../webhooks/_support/hooked-world.ts'

const CALLBACK = '/oauth/kakao/login/callback/'
const NATIVE = '/oauth/kakao/login/native/'
const JSON_TYPE = { 'content-type': 'application/json' }
const PHONE = 'A-Phone-Of-Her-Own/1.0'
const PERSONAL = [HANEUL.id, 'haneul', '하늘', PHONE, 'demo-admin-key', 'demo-client-secret']

/** How Kakao may answer where tokens are asked for, if it repeats what it was told. */
const BAD_ANSWERS: readonly ((told: string) => Response)[] = [
  (told) => new Response(`<html>${told}</html>`, { headers: { 'content-type': 'text/html' } }),
  (told) => new Response(`{"access_token":"${told}`),
  (told) => new Response(`{"access_token":${told}}`),
  (told) => Response.json({ error: told, error_code: told, error_description: told }, BAD),
  (told) => Response.json({ error: 'invalid_grant', error_code: 'KOE320', told }, BAD),
  (told) => Response.json({ access_token: told, id_token: told, scope: told }),
  (told) => Response.json({ code: -401, msg: told }, { status: 401 }),
  (told) => new Response(null, { status: 302, headers: { location: `https://x.example/${told}` } }),
  (told) => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { told }) })
  },
]
const BAD = { status: 400 }

let world: World
let answerBadly: ((told: string) => Response) | undefined
let secrets: Set<string>
/** The last tokens that Kakao gave. */
let given: Record<string, string>

beforeEach(async () => {
  answerBadly = undefined
  secrets = new Set(PERSONAL)
  given = {}
  const receiver = createReceiver('https://service.example/hooks/Path4That8Is2A6Secret')
  harvest(receiver.url, receiver.secret)
  receiver.answer = ({ text }) => new Response(text, { status: 500 })
  const { environment, elsewhere } = tellTo(receiver)
  world = await createHookedWorld(SQLITE, {
    elsewhere,
    environment: {
      ...environment,
      KAKAO_TOKENS: 'keep',
      KAKAO_ADMIN_KEY: 'demo-admin-key',
      KAKAO_APP_ID: '123456',
      KAKAO_NATIVE_APP_KEY: 'demo-native-app-key',
      WEBHOOK_RETRY: '1s',
      LOG_LEVEL: 'debug',
    },
    intercept: overhear,
  })
})
afterEach(() => world.close())

async function overhear(request: Request, send: typeof fetch): Promise<Response> {
  const told = await request.clone().text()
  harvest(request.url, told, request.headers.get('authorization') ?? '')
  const isBad = answerBadly !== undefined && !request.url.endsWith('/jwks.json')
  const answer = isBad ? answerBadly?.(told) : await send(request)
  if (answer === undefined) throw new Error('nobody answers')
  const text = await answer.clone().text()
  if (!request.url.endsWith('/jwks.json')) harvest(text)
  if (!isBad && request.url.endsWith('/oauth/token')) given = JSON.parse(text)
  return answer
}

/** Keeps what looks as if chance had made it: codes, tokens, states, verifiers, ids of ours. */
function harvest(...texts: readonly string[]): void {
  const runs = texts.flatMap((text) => text.match(/[\w-]{20,}/g) ?? [])
  for (const run of runs) {
    if (/[A-Z]/.test(run) && /[a-z]/.test(run) && /\d/.test(run)) secrets.add(run)
  }
}

/** A browser whose every word is overheard as well. */
function visitor(): Browser {
  const ask = async (request: Request) => {
    const { headers, url } = request
    harvest(url, await request.clone().text(), headers.get('cookie') ?? '')
    headers.set('user-agent', PHONE)
    const answer = await world.daemun.fetch(request)
    harvest(await answer.clone().text(), ...answer.headers.getSetCookie())
    harvest(answer.headers.get('location') ?? '')
    return answer
  }
  return new Browser(ask, APP)
}

const postJson = async (path: string, body: object) =>
  await visitor().post(path, JSON.stringify(body), JSON_TYPE)

async function beginRelay(): Promise<Record<string, unknown>> {
  const { authorize_url, attempt } = await readJson(await postJson('/oauth/kakao/login/', {}))
  const back = await world.kakao.authorize(String(authorize_url), HANEUL)
  return { ...Object.fromEntries(back.searchParams), attempt }
}

async function comeIn(): Promise<void> {
  const browser = visitor()
  await login(world, browser, HANEUL)
  for (const path of ['/', '/me/', '/session/', '/me/sessions/', '/auth/verify/', CALLBACK]) {
    await browser.get(path)
  }
  await browser.delete(`/me/identities/kakao_${HANEUL.id}/`)
  await browser.delete('/me/sessions/ses_Of0Somebody1Else2Entirely/')
  await browser.delete('/me/consents/account_email/')

  const relay = await beginRelay()
  const { refresh_token, access_token } = await readJson(await postJson(CALLBACK, relay))
  await postJson(CALLBACK, relay)
  await visitor().get('/session/', { authorization: `Bearer ${access_token}x` })
  const fields = { grant_type: 'refresh_token', refresh_token: String(refresh_token) }
  for (let times = 0; times < 3; times += 1) {
    await visitor().post('/oauth/token/', new URLSearchParams(fields))
    world.clock.advance(61_000)
  }
  for (const body of [given, { access_token: given.access_token }, { id_token: given.id_token }]) {
    await postJson(NATIVE, body)
  }
  await postJson(NATIVE, { access_token: 'Nobody0Ever1Made2This3Token' })
  await postJson(NATIVE, { id_token: 'Nobody0Ever1.Made2This3Token4.Of5Ours' })
}

async function failToComeIn(): Promise<void> {
  for (const answer of BAD_ANSWERS) {
    const browser = visitor()
    const callback = await goToKakao(world, browser, HANEUL)
    const relay = await beginRelay()
    answerBadly = answer
    await browser.get(callback, { accept: 'text/html' })
    await postJson(CALLBACK, relay)
    await postJson(NATIVE, { access_token: 'Nobody0Ever1Made2This3Token' })
    answerBadly = undefined
    world.clock.advance(10_000)
  }
}

async function hearOfKakao(): Promise<void> {
  for (const variant of ['valid', 'duplicate', 'forged', 'unknown_key', 'truncated', 'oversized']) {
    const event = 'user-profile-changed'
    const wanted = { kind: 'account_status', person: HANEUL.id, event, variant }
    harvest((await sendWebhook(world, wanted)).token)
  }
  const form = new URLSearchParams({ app_id: '123456', user_id: HANEUL.id })
  const keys = ['KakaoAK demo-admin-key', 'KakaoAK Some0Other1Key2Of3Somebody']
  for (const authorization of keys) {
    await visitor().post(UNLINK, form, { authorization })
    await visitor().post(ACCOUNT_STATUS, form, { authorization })
  }
}

async function leave(): Promise<void> {
  const browser = visitor()
  await login(world, browser, HANEUL)
  answerBadly = BAD_ANSWERS[6]
  await browser.delete('/me/')
  await world.daemun.work()
  await world.daemun.reconcile().catch(() => {})
  answerBadly = undefined
  await login(world, visitor(), HANEUL)
  await unlinkAtKakao(world, HANEUL)
}

async function workForMinutes(): Promise<void> {
  for (let minute = 0; minute < 3; minute += 1) {
    await world.daemun.work()
    world.clock.advance(60_000)
  }
}

test('whatever is done, and however it fails, the log holds nothing secret or personal', async () => {
  for (const act of [comeIn, workForMinutes, failToComeIn, hearOfKakao, leave, workForMinutes]) {
    await act()
  }

  const log = JSON.stringify(world.log)
  const codes = new Set(world.log.flatMap(({ code }) => (code === undefined ? [] : [code])))
  expect(codes.size).toBeGreaterThan(10)
  expect(secrets.size).toBeGreaterThan(150)
  const leaked = [...secrets].filter((secret) => log.includes(secret) && !/^evt_/.test(secret))
  expect(leaked).toEqual([])
})
