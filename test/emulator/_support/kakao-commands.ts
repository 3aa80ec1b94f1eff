import fc from 'fast-check'
import { expect } from 'vitest'
import type { KakaoEmulator } from '../../../src/emulator/index.ts'
import { bearer, control, get, post, REDIRECT_URI, type Tokens, target } from './demo-app.ts'
import {
  callTokenAs,
  endTokensOf,
  isFresh,
  isLive,
  type Model,
  type ModelPair,
  PEOPLE,
  toToken,
  unlinkInModel,
} from './kakao-model.ts'
import { type Command, command } from './model-command.ts'

export const anyApp = fc.constantFrom(1, 2)
export const anyPerson = fc.constantFrom(...PEOPLE)
const anyPlace = fc.nat(30)
/** Now and then something is wrong. */
const mostlyRight = fc.nat(5).map((number) => number > 0)

function otherApp(app: number): number {
  return app === 1 ? 2 : 1
}

function pick<Item>(items: readonly Item[], place: number): Item {
  const item = items[place % items.length]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

const hasCodes = ({ codes }: Model) => codes.length > 0
const hasPairs = ({ pairs }: Model) => pairs.length > 0

/** A command upon one of the tokens had so far, live or not. */
export function onPair(
  name: string,
  run: (pair: ModelPair, model: Model, kakao: KakaoEmulator) => Promise<void>,
) {
  return anyPlace.map((place) =>
    command(
      `${name}(${place})`,
      (model, kakao) => run(pick(model.pairs, place), model, kakao),
      hasPairs,
    ),
  )
}

const authorize = fc.tuple(anyApp, anyPerson).map(([app, id]) =>
  command(`authorize(${app}, ${id})`, async (model, kakao) => {
    const query = `client_id=key-${app}&response_type=code&redirect_uri=${REDIRECT_URI}`
    const back = await kakao.authorize(`http://kakao.test/oauth/authorize?${query}`, { id })
    const text = back.searchParams.get('code') ?? ''
    const expiresAt = model.now + 600
    model.codes.push({ text, app, person: id, expiresAt, spent: false })
  }),
)

/** Twice at the same moment: no more than one may succeed, and none where the code is not fresh. */
const redeem = fc.tuple(anyPlace, mostlyRight, mostlyRight).map(([place, rightApp, rightUri]) =>
  command(
    `redeem(${place}, ${rightApp}, ${rightUri})`,
    async (model, kakao) => {
      const code = pick(model.codes, place)
      const app = rightApp ? code.app : otherApp(code.app)
      const redirect_uri = rightUri ? REDIRECT_URI : 'http://elsewhere.test/'
      const form = { grant_type: 'authorization_code', code: code.text, redirect_uri }
      const answers = await Promise.all([1, 2].map(() => callTokenAs(kakao, app, form)))

      const mayPass = isFresh(model, code) && rightApp && rightUri
      expect(answers.map(({ status }) => status).sort()).toEqual(mayPass ? [200, 400] : [400, 400])
      const granted = answers.find(({ status }) => status === 200)
      if (granted === undefined) return
      code.spent = true
      const tokens = (await granted.json()) as Tokens
      model.links.add(`${code.app}:${code.person}`)
      model.pairs.push({
        access: toToken(model, code, tokens.access_token, tokens.expires_in),
        refresh: toToken(model, code, tokens.refresh_token, tokens.refresh_token_expires_in),
        idToken: tokens.id_token ?? '',
      })
    },
    hasCodes,
  ),
)

const refresh = fc.tuple(anyPlace, mostlyRight).map(([place, rightApp]) =>
  command(
    `refresh(${place}, ${rightApp})`,
    async (model, kakao) => {
      const { refresh } = pick(model.pairs, place)
      const app = rightApp ? refresh.app : otherApp(refresh.app)
      const form = { grant_type: 'refresh_token', refresh_token: refresh.text }
      const answer = await callTokenAs(kakao, app, form)
      const mayPass = isLive(model, refresh) && rightApp
      expect(answer.status).toBe(mayPass ? 200 : 400)
      if (mayPass) keepRefreshed(model, refresh, (await answer.json()) as Tokens)
    },
    hasPairs,
  ),
)

function keepRefreshed(model: Model, old: ModelPair['refresh'], tokens: Tokens): void {
  const access = toToken(model, old, tokens.access_token, tokens.expires_in)
  const idToken = tokens.id_token ?? ''
  if (tokens.refresh_token === undefined) {
    model.pairs.push({ access, refresh: old, idToken })
    return
  }
  old.ended = true
  const seconds = tokens.refresh_token_expires_in
  const refresh = toToken(model, old, tokens.refresh_token, seconds)
  model.pairs.push({ access, refresh, idToken })
}

/** What an app learns is of that person, with the notes of that app and no other. */
const readMe = onPair('me', async ({ access }, model, kakao) => {
  const answer = await get(kakao, '/v2/user/me', bearer({ access_token: access.text }))
  expect(answer.status).toBe(isLive(model, access) ? 200 : 401)
  if (answer.status !== 200) return
  const text = await answer.text()
  expect(text).toContain(`{"id":${access.person},`)
  const { properties } = JSON.parse(text) as { properties?: { note?: string } }
  expect(properties?.note).toBe(model.notes.get(`${access.app}:${access.person}`))
})

const writeNote = fc.tuple(anyPlace, fc.nat(99)).map(([place, number]) =>
  command(
    `note(${place}, ${number})`,
    async (model, kakao) => {
      const { access } = pick(model.pairs, place)
      const note = `${access.app}-${number}`
      const form = { properties: JSON.stringify({ note }) }
      const headers = bearer({ access_token: access.text })
      const answer = await post(kakao, '/v1/user/update_profile', form, headers)
      expect(answer.status).toBe(isLive(model, access) ? 200 : 401)
      if (answer.status === 200) model.notes.set(`${access.app}:${access.person}`, note)
    },
    hasPairs,
  ),
)

const logOut = onPair('logout', async ({ access, refresh }, model, kakao) => {
  const answer = await post(kakao, '/v1/user/logout', {}, bearer({ access_token: access.text }))
  expect(answer.status).toBe(isLive(model, access) ? 200 : 401)
  if (answer.status !== 200) return
  access.ended = true
  refresh.ended = true
})

const unlink = onPair('unlink', async ({ access }, model, kakao) => {
  const answer = await post(kakao, '/v1/user/unlink', {}, bearer({ access_token: access.text }))
  expect(answer.status).toBe(isLive(model, access) ? 200 : 401)
  if (answer.status === 200) unlinkInModel(model, access.app, access.person)
})

/** Calls of the other side: refused where there is no link. */
const byAdmin = fc
  .tuple(fc.constantFrom('logout', 'unlink'), anyApp, anyPerson)
  .map(([call, app, id]) =>
    command(`admin ${call}(${app}, ${id})`, async (model, kakao) => {
      const headers = { authorization: `KakaoAK admin-${app}` }
      const answer = await post(kakao, `/v1/user/${call}`, target(id), headers)
      expect(answer.status).toBe(model.links.has(`${app}:${id}`) ? 200 : 400)
      if (answer.status === 200 && call === 'logout') endTokensOf(model, app, id)
      if (answer.status === 200 && call === 'unlink') unlinkInModel(model, app, id)
    }),
  )

const atKakao = fc.tuple(anyApp, anyPerson).map(([app, id]) =>
  command(`unlink at Kakao(${app}, ${id})`, async (model, kakao) => {
    const answer = await control(kakao, 'POST', `people/${id}/unlink`, { app_id: app })
    expect(answer.status).toBe(model.links.has(`${app}:${id}`) ? 200 : 400)
    if (answer.status === 200) unlinkInModel(model, app, id, 'kakao')
  }),
)

const advance = fc.constantFrom(1, 599, 600, 21_599, 2_700_000, 5_183_999).map((seconds) =>
  command(`advance(${seconds})`, async (model, kakao) => {
    await control(kakao, 'POST', 'clock', { advance_seconds: seconds })
    model.now += seconds
  }),
)

/** Everything that apps, people and time can do. */
export const DEEDS: fc.Arbitrary<Command>[] = [
  authorize,
  authorize,
  redeem,
  redeem,
  redeem,
  refresh,
  readMe,
  readMe,
  writeNote,
  logOut,
  unlink,
  byAdmin,
  atKakao,
  advance,
]
