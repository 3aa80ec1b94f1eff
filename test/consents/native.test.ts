import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../../src/emulator/index.ts'
import { Browser } from '../_support/browser.ts'
import { ENGINES } from '../_support/engines.ts'
import { type Json, readJson } from '../_support/login.ts'
import { postJson } from '../_support/ways.ts'
import { HANEUL, KAKAO, type World, type WorldOptions } from '../_support/world.ts'
import {
  type ConsentScene,
  createConsentScene,
  findLink,
  readConsents,
  readProfile,
  WITHOUT_ADMIN_KEY,
  withdrawAtKakao,
} from './_support/consent-world.ts'

const NATIVE = '/oauth/kakao/login/native/'
const WITHOUT_EMAIL = { ...HANEUL, refuses: ['account_email'] }
const APP = { KAKAO_NATIVE_APP_KEY: 'demo-native-app-key', KAKAO_APP_ID: '123456' }
const REQUIRED = { ...APP, KAKAO_REQUIRED_CONSENTS: 'account_email' }
const VERIFIER = 'a-verifier-of-the-sdk-that-is-43-characters-long'

/** What Kakao's SDK gets on a phone. */
async function askSdk(
  { kakao }: World,
  person: PersonChoices,
  query: Record<string, string> = {},
): Promise<{ id_token: string; access_token: string }> {
  const client = {
    client_id: APP.KAKAO_NATIVE_APP_KEY,
    redirect_uri: 'kakaodemo-native-app-key://oauth',
  }
  const authorize = new URL(`${KAKAO}/oauth/authorize`)
  authorize.search = new URLSearchParams({
    ...client,
    ...query,
    response_type: 'code',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const code = (await kakao.authorize(authorize, person)).searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', code, code_verifier: VERIFIER }
  const body = new URLSearchParams({ ...client, ...grant })
  const tokens = await readJson(
    await kakao.fetch(new Request(`${KAKAO}/oauth/token`, { method: 'POST', body })),
  )
  return { id_token: String(tokens.id_token), access_token: String(tokens.access_token) }
}

/** A browser that shows an access token instead of a cookie. */
function asBearer(world: World, { access_token }: Json): Browser {
  const ask = (request: Request) => {
    request.headers.set('authorization', `Bearer ${access_token}`)
    return world.daemun.fetch(request)
  }
  return new Browser(ask, 'http://localhost:8000')
}

describe.each(ENGINES)('native logins on $name', (engine) => {
  let scene: ConsentScene

  const open = async (options: WorldOptions): Promise<World> => {
    scene = await createConsentScene(engine, options)
    return scene.world
  }
  afterEach(() => scene.close())

  test.each(['id_token', 'access_token'] as const)(
    'by %s: what was agreed to is read behind the answer',
    async (kind) => {
      const world = await open({ environment: APP })
      const proof = await askSdk(world, WITHOUT_EMAIL)
      const tokens = await readJson(await postJson(world, NATIVE, { [kind]: proof[kind] }))
      await world.daemun.work()

      const phone = asBearer(world, tokens)
      const consents = await readConsents(phone)
      expect(consents.profile_nickname).toMatchObject({ agreed: true, path: 'login' })
      expect(consents.account_email).toMatchObject({ agreed: false })
      expect((await readProfile(phone)).phone_number).toMatchObject({ value: '+821012345678' })
    },
  )

  test('an access token is enough to ask Kakao, once, where there is no admin key', async () => {
    const environment = { ...WITHOUT_ADMIN_KEY, ...APP, KAKAO_TOKENS: 'never' }
    const world = await open({ environment })
    const { access_token } = await askSdk(world, HANEUL)
    const tokens = await readJson(await postJson(world, NATIVE, { access_token }))
    await world.daemun.work()

    expect(await readConsents(asBearer(world, tokens))).toMatchObject({
      account_email: { agreed: true },
    })
    expect(await scene.store.db.selectFrom('jobs').selectAll().execute()).toEqual([])
  })

  test('an ID token alone, without an admin key, leaves it to a later login', async () => {
    const environment = { ...WITHOUT_ADMIN_KEY, ...APP }
    const world = await open({ environment })
    const first = await askSdk(world, HANEUL)
    const tokens = await readJson(await postJson(world, NATIVE, { id_token: first.id_token }))
    await world.daemun.work()
    const phone = asBearer(world, tokens)
    expect(await readConsents(phone)).toEqual({})

    const { access_token } = await askSdk(world, HANEUL)
    await postJson(world, NATIVE, { access_token })
    await world.daemun.work()

    expect(await readConsents(phone)).toMatchObject({ account_email: { agreed: true } })
  })

  test('an ID token does not bring back an e-mail that is not shared any more', async () => {
    const world = await open({ environment: APP })
    const old = await askSdk(world, HANEUL)
    const { access_token } = await askSdk(world, HANEUL)
    const tokens = await readJson(await postJson(world, NATIVE, { access_token }))
    await world.daemun.work()
    const phone = asBearer(world, tokens)
    world.clock.advance(60_000)
    await phone.delete('/me/consents/account_email/')

    const answer = await postJson(world, NATIVE, { id_token: old.id_token })
    await world.daemun.work()

    expect(await readJson(answer)).toMatchObject({ user_email: null })
    expect((await readProfile(phone)).email).toMatchObject({ value: null, state: 'not_agreed' })
  })

  test('where consents are required, a sign-up needs the access token', async () => {
    const world = await open({ environment: REQUIRED })
    const proof = await askSdk(world, HANEUL)

    const refused = await postJson(world, NATIVE, { id_token: proof.id_token })
    expect(await readJson(refused)).toMatchObject({
      status: 400,
      code: 'parameter_invalid',
      detail: expect.stringContaining('access_token'),
    })
    expect(await findLink(world, HANEUL.id)).toBeDefined()
    const signedUp = await postJson(world, NATIVE, { access_token: proof.access_token })
    expect(signedUp.status).toBe(200)
    // A member's ledger says enough.
    world.takeCallsToKakao()
    expect((await postJson(world, NATIVE, { id_token: proof.id_token })).status).toBe(200)
    expect(world.takeCallsToKakao()).toEqual([])
  })

  test('a sign-up without a required consent is refused and undone', async () => {
    const world = await open({ environment: REQUIRED })
    const { access_token } = await askSdk(world, WITHOUT_EMAIL)

    const answer = await postJson(world, NATIVE, { access_token })

    expect(answer.status).toBe(403)
    expect(await readJson(answer)).toMatchObject({
      code: 'consent_required',
      missing_consents: ['account_email'],
      consent_url: 'http://localhost:8000/oauth/kakao/login/?scope=openid,account_email',
    })
    expect(await findLink(world, HANEUL.id)).toBeUndefined()
  })

  test('of a member whose ledger is not enough, Kakao is asked by the admin key', async () => {
    const world = await open({ environment: REQUIRED })
    const first = await askSdk(world, HANEUL)
    const tokens = await postJson(world, NATIVE, { access_token: first.access_token })
    const phone = asBearer(world, await readJson(tokens))
    await world.daemun.work()
    await withdrawAtKakao(world, HANEUL.id, 'account_email')
    world.clock.advance(60_000)

    // Kakao says so at a login that is refused: the ledger must not go on saying otherwise.
    const { access_token } = await askSdk(world, HANEUL)
    expect((await postJson(world, NATIVE, { access_token })).status).toBe(403)
    await world.daemun.work()
    expect((await readConsents(phone)).account_email).toMatchObject({ agreed: false })
    expect((await readProfile(phone)).email).toMatchObject({ value: null })

    const second = await askSdk(world, HANEUL)
    const refused = await postJson(world, NATIVE, { id_token: second.id_token })
    expect(await readJson(refused)).toMatchObject({ code: 'consent_required' })
    const third = await askSdk(world, HANEUL, { scope: 'openid,account_email' })
    expect((await postJson(world, NATIVE, { id_token: third.id_token })).status).toBe(200)
  })
})
