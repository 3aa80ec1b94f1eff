import type { KakaoEmulator } from '../../../src/emulator/index.ts'
import { Browser } from '../../_support/browser.ts'
import { type Json, readJson } from '../../_support/login.ts'
import { CALLBACK } from '../../_support/ways.ts'
import type { Service } from './visitor.ts'

/** A service with its Kakao. */
export interface Place extends Service {
  readonly kakao: KakaoEmulator
  readonly kakaoUrl: string
}

/** Somebody who uses a service. */
export interface Person {
  readonly place: Place
  /** At Kakao. */
  readonly id: string
}

export function open({ place }: Person, cookies?: Map<string, string>): Browser {
  return new Browser(place.ask, place.origin, cookies)
}

/** It keeps the cookie, whatever the other one is told. */
export function copy(person: Person, { cookies }: Browser): Browser {
  return open(person, new Map(cookies))
}

/** As far as the way back. */
export async function goToKakao(
  { place, id }: Person,
  browser: Browser,
  query: Readonly<Record<string, string>> = {},
): Promise<URL> {
  const start = await browser.get(`/oauth/kakao/login/?${new URLSearchParams(query)}`)
  return await place.authorize(start.headers.get('location') ?? '', { id })
}

export async function signIn(person: Person): Promise<Browser> {
  const browser = open(person)
  const answer = await browser.get(await goToKakao(person, browser))
  if (answer.status !== 200) throw new Error(`the login failed: ${await answer.text()}`)
  return browser
}

export async function relay(person: Person): Promise<Json> {
  const answer = await endRelay(person, await beginRelay(person))
  if (answer.status !== 200) throw new Error(`the relay failed: ${await answer.text()}`)
  return await readJson(answer)
}

export async function beginRelay(person: Person): Promise<object> {
  const begun = await postJson(person, '/oauth/kakao/login/', {})
  const { authorize_url, attempt } = await readJson(begun)
  const back = await person.place.authorize(String(authorize_url), { id: person.id })
  return { ...Object.fromEntries(back.searchParams), attempt }
}

export async function endRelay(person: Person, relay: object): Promise<Response> {
  return await postJson(person, CALLBACK, relay)
}

async function postJson(person: Person, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return await open(person).post(path, JSON.stringify(body), headers)
}

export async function postForm(
  person: Person,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  return await open(person).post(path, new URLSearchParams(fields))
}

/** What Kakao would send, which it does not send by itself. */
export async function makeEventToken({ place, id }: Person, event: string): Promise<string> {
  const wanted = { kind: 'account_status', person: id, event, send: false }
  const body = JSON.stringify(wanted)
  const request = new Request(`${place.kakaoUrl}/_emulator/webhooks`, { method: 'POST', body })
  return String((await readJson(await place.kakao.fetch(request))).token)
}
