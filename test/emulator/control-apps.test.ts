import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { authorizeUrl, control, get, getCode, koeOf, logIn, redeem } from './_support/demo-app.ts'

const APP = 'apps/123456'

describe('app settings', () => {
  test('are told as a seed would hold them, and can be made one', async () => {
    const settings = await (await control(createKakaoEmulator(), 'GET', APP)).json()
    expect(settings).toMatchObject({
      app_id: 123456,
      rest_api_keys: [{ key: 'demo-rest-api-key', client_secret: 'demo-client-secret' }],
      openid_connect: true,
      consent_items: [{ id: 'profile_nickname', level: 'required' }, {}, {}],
    })
    const again = createKakaoEmulator({ seed: { apps: [settings as never] } })
    expect(await (await control(again, 'GET', APP)).json()).toEqual(settings)
  })

  test('take effect at once, on codes issued before too', async () => {
    const kakao = createKakaoEmulator()
    const code = await getCode(kakao)
    const rest_api_keys = [{ key: 'demo-rest-api-key', client_secret: 'new-secret' }]
    await control(kakao, 'PATCH', APP, { rest_api_keys })

    expect(await koeOf(await redeem(kakao, code))).toBe('KOE010')
    expect((await redeem(kakao, code, { client_secret: 'new-secret' })).status).toBe(200)
  })

  test('keep what a change leaves out, and lose what it says is null', async () => {
    const kakao = createKakaoEmulator()
    await control(kakao, 'PATCH', APP, { name: '새 이름', any_loopback_redirect_uri: null })
    const settings = await (await control(kakao, 'GET', APP)).json()
    expect(settings).toMatchObject({ name: '새 이름', admin_keys: [{ key: 'demo-admin-key' }] })
    expect(await koeOf(await get(kakao, authorizeUrl()))).toBe('KOE006')
  })

  test('are back to the seed after a reset', async () => {
    const kakao = createKakaoEmulator()
    await control(kakao, 'PATCH', APP, { login_enabled: false })
    await control(kakao, 'POST', 'reset')
    expect((await get(kakao, authorizeUrl())).status).toBe(302)
  })

  test.each([
    [APP, { app_id: 5 }, 400, 'cannot be changed'],
    [APP, { rest_api_keys: [] }, 400, '"rest_api_keys: must hold at least one key'],
    [APP, { admin_keys: ['demo-rest-api-key'] }, 400, 'repeats an app key'],
    [APP, { colour: 'yellow' }, 400, 'colour'],
    ['apps/1', {}, 404, 'not_found'],
  ])('%s %j answers %i', async (path, body, status, problem) => {
    const response = await control(createKakaoEmulator(), 'PATCH', path, body)
    expect(response.status).toBe(status)
    expect(JSON.stringify(await response.json())).toContain(problem)
  })
})

describe('key rotation', () => {
  const kidOf = ({ id_token = '' }) => JSON.parse(atob(id_token.split('.')[0] ?? '')).kid as string
  const published = async (kakao: KakaoEmulator) => {
    const answer = await (await get(kakao, '/.well-known/jwks.json')).json()
    return (answer as { keys: { kid: string; n: string }[] }).keys
  }

  test('signs with a new key and keeps the old ones published', async () => {
    const kakao = createKakaoEmulator()
    const old = await published(kakao)
    const before = kidOf(await logIn(kakao))
    const rotated = await (await control(kakao, 'POST', 'keys/rotate')).json()
    const after = kidOf(await logIn(kakao))

    const kids = (await published(kakao)).map(({ kid }) => kid)
    expect(kids).toEqual([...old.map(({ kid }) => kid), after])
    expect(after).not.toBe(before)
    expect(rotated).toEqual({ signing_kid: after, kids })
    expect(new Set((await published(kakao)).map(({ n }) => n)).size).toBe(3)
  })

  test('is undone by a reset', async () => {
    const kakao = createKakaoEmulator()
    const old = await published(kakao)
    await control(kakao, 'POST', 'keys/rotate')
    await control(kakao, 'POST', 'reset')
    expect(await published(kakao)).toEqual(old)
  })
})

describe('switches', () => {
  test('are told, changed, and back after a reset', async () => {
    const kakao = createKakaoEmulator({ switches: { error_page_status: 418 } })
    const wrong = () => get(kakao, '/oauth/authorize')
    expect((await wrong()).status).toBe(418)

    await control(kakao, 'PATCH', 'switches', { error_page_status: 403 })
    expect((await wrong()).status).toBe(403)
    await control(kakao, 'POST', 'reset')
    expect((await wrong()).status).toBe(418)
  })

  test('stand again as in the beginning where a change says null', async () => {
    const kakao = createKakaoEmulator({ switches: { error_page_status: 418 } })
    await control(kakao, 'PATCH', 'switches', { error_page_status: 403, logout_page: false })
    const response = await control(kakao, 'PATCH', 'switches', { error_page_status: null })
    expect(await response.json()).toMatchObject({ error_page_status: 418, logout_page: false })
  })

  test('all can be sent back as they are told', async () => {
    const kakao = createKakaoEmulator()
    const all = await (await control(kakao, 'GET', 'switches')).json()
    const response = await control(kakao, 'PATCH', 'switches', all)
    expect(await response.json()).toEqual(all)
  })

  test.each([{ nope: 1 }, { error_page_status: 'x' }, { users_shape: 'tree' }])(
    '%j is refused',
    async (change) => {
      const response = await control(createKakaoEmulator(), 'PATCH', 'switches', change)
      expect(response.status).toBe(400)
    },
  )
})
