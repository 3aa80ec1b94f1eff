import type { PersonChoices } from '../../src/emulator/index.ts'
import { type Json, readJson } from './login.ts'
import { HANEUL, type World } from './world.ts'

const LOGIN = '/oauth/kakao/login/'
export const CALLBACK = '/oauth/kakao/login/callback/'

/** What a page app posts to end a relay. */
export interface Relay {
  readonly code: string
  readonly state: string
  readonly attempt: string
}

/** Posts JSON as a page app or a phone would: without cookies, from anywhere. */
export async function postJson(
  world: World,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const url = new URL(path, 'http://localhost:8000')
  return await world.daemun.fetch(
    new Request(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    }),
  )
}

/** Posts a form to an OAuth endpoint. */
export async function postForm(
  world: World,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  const url = new URL(path, 'http://localhost:8000')
  const body = new URLSearchParams(fields)
  return await world.daemun.fetch(new Request(url, { method: 'POST', body }))
}

/** Begins a relay and sends a person through Kakao. */
export async function beginRelay(
  world: World,
  person: PersonChoices = HANEUL,
  body: object = {},
): Promise<Relay> {
  const { authorize_url, attempt } = await readJson(await postJson(world, LOGIN, body))
  const back = await world.kakao.authorize(String(authorize_url), person)
  return {
    code: back.searchParams.get('code') ?? '',
    state: back.searchParams.get('state') ?? '',
    attempt: String(attempt),
  }
}

/** What an app has once signed in. */
export interface Tokens extends Json {
  readonly access_token: string
  readonly refresh_token: string
}

/** A whole login by relay. */
export async function loginByRelay(world: World, person: PersonChoices = HANEUL): Promise<Tokens> {
  const response = await postJson(world, CALLBACK, await beginRelay(world, person))
  if (response.status !== 200) throw new Error(`the relay failed: ${await response.text()}`)
  return (await response.json()) as Tokens
}

export async function refresh(world: World, refresh_token: string): Promise<Response> {
  return await postForm(world, '/oauth/token/', { grant_type: 'refresh_token', refresh_token })
}

/** Asks who an access token stands for. */
export async function askSession(world: World, accessToken: string): Promise<Response> {
  return await world.browser().get('/session/', { authorization: `Bearer ${accessToken}` })
}
