import fc from 'fast-check'
import { expect } from 'vitest'
import type { KakaoEmulator } from '../../../src/emulator/index.ts'
import { bearer, control, get, post, REDIRECT_URI } from './demo-app.ts'
import { anyApp, anyPerson, onPair } from './kakao-commands.ts'
import { countLive, isLive, type Model } from './kakao-model.ts'
import { type Command, command } from './model-command.ts'

const TOKEN_CALLS = [
  '/v1/user/access_token_info',
  '/v1/oidc/userinfo',
  '/v2/user/scopes',
  '/v2/user/me',
] as const

/** Every call knows alike which tokens have ended. */
const callWithToken = fc.constantFrom(...TOKEN_CALLS).chain((path) =>
  onPair(path, async ({ access }, model, kakao) => {
    const answer = await get(kakao, path, bearer({ access_token: access.text }))
    expect(answer.status).toBe(isLive(model, access) ? 200 : 401)
  }),
)

/** An ID token stands until it expires, whatever became of the rest and whichever key signs now. */
const readIdToken = onPair('tokeninfo', async ({ access, idToken }, model, kakao) => {
  const answer = await post(kakao, '/oauth/tokeninfo', { id_token: idToken })
  expect(answer.status).toBe(access.expiresAt > model.now ? 200 : 400)
  if (answer.status === 200) {
    expect(await answer.json()).toMatchObject({ aud: `key-${access.app}`, sub: access.person })
  }
})

const rotateKeys = fc.constant(
  command('rotate', async (_model, kakao) => {
    await control(kakao, 'POST', 'keys/rotate')
  }),
)

/** An app is told of its own users only. */
const listIds = anyApp.map((app) =>
  command(`ids(${app})`, async (model, kakao) => {
    const headers = { authorization: `KakaoAK admin-${app}` }
    const answer = await get(kakao, '/v1/user/ids?order=asc', headers)
    const ids = peopleOf(model, app).sort((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1))
    expect(await answer.text()).toContain(`{"elements":[${ids.join(',')}],`)
  }),
)

/** What the control surface tells is what the calls have shown. */
const lookAtLinks = anyPerson.map((id) =>
  command(`links(${id})`, async (model, kakao) => {
    const { links } = (await (await control(kakao, 'GET', `people/${id}/links`)).json()) as {
      links: { app_id: number; live_tokens: number }[]
    }
    const apps = [1, 2].filter((app) => model.links.has(`${app}:${id}`))
    expect(links.map(({ app_id }) => app_id).sort()).toEqual(apps)
    for (const { app_id, live_tokens } of links) {
      expect(live_tokens).toBe(countLive(model, app_id, id))
    }
  }),
)

/** Nobody is linked, and no code given, without a page. */
const logInSilently = fc.tuple(anyApp, anyPerson).map(([app, id]) =>
  command(`prompt=none(${app}, ${id})`, async (model, kakao) => {
    const query = `client_id=key-${app}&response_type=code&redirect_uri=${REDIRECT_URI}&prompt=none`
    const back = await kakao.authorize(`http://kakao.test/oauth/authorize?${query}`, { id })
    const error = back.searchParams.get('error')
    if (error === 'login_required') return
    expect(error).toBe(model.links.has(`${app}:${id}`) ? null : 'consent_required')
  }),
)

const awaitWebhooks = fc.constant(command('webhooks', checkWebhooks))

/** Each app has heard of its own unlinks, of all of them, and in their order. */
export async function checkWebhooks({ due, heard }: Model, kakao: KakaoEmulator): Promise<void> {
  await kakao.settled()
  for (const kind of ['unlink', 'status'] as const) {
    for (const app of ['1:', '2:']) {
      const isOfApp = (entry: string) => entry.startsWith(app)
      expect(heard[kind].filter(isOfApp)).toEqual(due[kind].filter(isOfApp))
    }
  }
}

function peopleOf({ links }: Model, app: number): string[] {
  return [...links].filter((link) => link.startsWith(`${app}:`)).map((link) => link.slice(2))
}

/** Everything that can be looked at. */
export const CHECKS: fc.Arbitrary<Command>[] = [
  callWithToken,
  readIdToken,
  rotateKeys,
  listIds,
  lookAtLinks,
  logInSilently,
  awaitWebhooks,
]
