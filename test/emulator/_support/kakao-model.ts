import { createKakaoEmulator, type KakaoEmulator } from '../../../src/emulator/index.ts'
import { NOON } from '../../_support/clock.ts'
import { BADA, HANEUL, post, REDIRECT_URI, SOL } from './demo-app.ts'
import { readClaims } from './service.ts'

/** Two apps that must not meet, and the people that both may know. */
export const APPS = [1, 2].map((id) => ({
  app_id: id,
  rest_api_keys: [
    { key: `key-${id}`, client_secret: `secret-${id}`, redirect_uris: [REDIRECT_URI] },
  ],
  admin_keys: [`admin-${id}`],
  user_properties: ['note'],
  webhooks: {
    unlink: { url: `http://app-${id}.test/unlink` },
    account_status: { url: `http://app-${id}.test/status`, events: ['user-unlinked'] },
  },
  consent_items: [{ id: 'profile_nickname' as const }, { id: 'account_email' as const }],
}))

export const PEOPLE = [HANEUL, BADA, SOL] as const

export interface ModelCode {
  readonly text: string
  readonly app: number
  readonly person: string
  readonly expiresAt: number
  spent: boolean
}

export interface ModelToken {
  readonly text: string
  readonly app: number
  readonly person: string
  readonly expiresAt: number
  ended: boolean
}

/** The tokens of one answer; a refresh without renewal shares the refresh token of an earlier one. */
export interface ModelPair {
  readonly access: ModelToken
  readonly refresh: ModelToken
  /** It cannot be ended: whoever has it may show it until it expires. */
  readonly idToken: string
}

interface Webhooks {
  readonly unlink: string[]
  readonly status: string[]
}

/** What ought to be true of an emulator. Times are seconds since its start. */
export interface Model {
  now: number
  readonly codes: ModelCode[]
  readonly pairs: ModelPair[]
  /** Who is linked where, as `app:person`. */
  readonly links: Set<string>
  /** The webhooks that must come, as `app:person`, in order. */
  readonly due: Webhooks
  /** The webhooks that came. */
  readonly heard: Webhooks
  /** The note that each app has set, by app and person. */
  readonly notes: Map<string, string>
}

export function createModel(): Model {
  return {
    now: 0,
    codes: [],
    pairs: [],
    links: new Set(),
    due: { unlink: [], status: [] },
    heard: { unlink: [], status: [] },
    notes: new Map(),
  }
}

/** @param model Gets to know of every webhook. */
export function createTwoApps({ heard }: Model): KakaoEmulator {
  return createKakaoEmulator({
    seed: { apps: APPS },
    now: () => NOON,
    switches: { token_limits: false },
    async fetch(input, init) {
      const { hostname, pathname } = new URL(String(input))
      const body = String(init?.body)
      const app = /\d/.exec(hostname)?.[0]
      if (pathname === '/unlink') {
        heard.unlink.push(`${app}:${new URLSearchParams(body).get('user_id')}`)
      } else {
        heard.status.push(`${app}:${readClaims(body).sub}`)
      }
      return new Response(null, { status: 202 })
    },
  })
}

export function isLive(model: Model, token: ModelToken): boolean {
  return !token.ended && token.expiresAt > model.now
}

export function isFresh(model: Model, code: ModelCode): boolean {
  return !code.spent && code.expiresAt > model.now
}

/** Ends every token of a person at an app. */
export function endTokensOf(model: Model, app: number, person: string): void {
  for (const { access, refresh } of model.pairs) {
    for (const token of [access, refresh]) {
      if (token.app === app && token.person === person) token.ended = true
    }
  }
}

/** Ends a link and all that hangs on it; the app hears of it, by one webhook or both. */
export function unlinkInModel(
  model: Model,
  app: number,
  person: string,
  by: 'app' | 'kakao' = 'app',
): void {
  model.due.status.push(`${app}:${person}`)
  if (by === 'kakao') model.due.unlink.push(`${app}:${person}`)
  endTokensOf(model, app, person)
  for (const code of model.codes) {
    if (code.app === app && code.person === person) code.spent = true
  }
  model.notes.delete(`${app}:${person}`)
  model.links.delete(`${app}:${person}`)
}

/** The live tokens of a person at an app, each counted once. */
export function countLive(model: Model, app: number, person: string): number {
  const tokens = new Set(model.pairs.flatMap(({ access, refresh }) => [access, refresh]))
  const owned = [...tokens].filter((token) => token.app === app && token.person === person)
  return owned.filter((token) => isLive(model, token)).length
}

/** The token call of an app. */
export function callTokenAs(kakao: KakaoEmulator, app: number, form: Record<string, string>) {
  return post(kakao, '/oauth/token', {
    client_id: `key-${app}`,
    client_secret: `secret-${app}`,
    ...form,
  })
}

export function toToken(
  model: Model,
  owner: { readonly app: number; readonly person: string },
  text: string,
  seconds: number,
): ModelToken {
  const { app, person } = owner
  return { text, app, person, expiresAt: model.now + seconds, ended: false }
}
