import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { NOON } from '../_support/clock.ts'
import { bearer, control, demoSeed, HANEUL, logIn, me, post } from './_support/demo-app.ts'

describe('people', () => {
  test('are added, with an id of their own or a free one', async () => {
    const kakao = createKakaoEmulator()
    const added = await control(kakao, 'POST', 'people', { nickname: '최나무' })
    expect(added.status).toBe(201)
    expect(await added.json()).toMatchObject({ id: '2000000001', nickname: '최나무' })

    const id = '9223372036854775806'
    await control(kakao, 'POST', 'people', { id })
    expect((await me(kakao, await logIn(kakao, { id }))).text).toContain(`"id":${id},`)
  })

  test('keep the digits of an id that is sent as a number', async () => {
    const kakao = createKakaoEmulator()
    const body = '{"id":9223372036854775805}'
    const request = new Request('http://kakao.test/_emulator/people', { method: 'POST', body })
    expect(await (await kakao.fetch(request)).json()).toMatchObject({ id: '9223372036854775805' })
  })

  test('change, with what an app sees of them', async () => {
    const kakao = createKakaoEmulator()
    const tokens = await logIn(kakao)
    const change = { email: 'new@example.com', nickname: '새 이름', is_email_verified: false }
    const response = await control(kakao, 'PATCH', `people/${HANEUL}`, change)

    expect(await response.json()).toMatchObject({ id: HANEUL, ...change })
    expect((await me(kakao, tokens)).body).toMatchObject({
      kakao_account: {
        email: 'new@example.com',
        is_email_verified: false,
        profile: { nickname: '새 이름', is_default_nickname: false },
      },
    })
  })

  test('keep what a change leaves out, and lose what it says is null', async () => {
    const kakao = createKakaoEmulator({
      seed: demoSeed({}, { email: 'a@example.com', name: '하늘' }),
    })
    await control(kakao, 'PATCH', `people/${HANEUL}`, { email: null })
    const person = await (await control(kakao, 'GET', `people/${HANEUL}`)).json()
    expect(person).toMatchObject({ name: '하늘', nickname: '김하늘' })
    expect(person).not.toHaveProperty('email')
  })

  test.each([
    ['POST', 'people', { id: HANEUL }, 400, 'is taken by another person'],
    ['POST', 'people', { id: 'abc' }, 400, 'must be an id'],
    ['POST', 'people', { nick: 'x' }, 400, 'nick'],
    ['PATCH', `people/${HANEUL}`, { id: '5' }, 400, 'cannot be changed'],
    ['PATCH', `people/${HANEUL}`, { email: 'x' }, 400, 'e-mail'],
    ['PATCH', `people/${HANEUL}`, [], 400, 'JSON object'],
    ['PATCH', 'people/999', {}, 404, 'not_found'],
    ['GET', 'people/999/links', undefined, 404, 'not_found'],
    ['POST', 'people/999/unlink', {}, 404, 'not_found'],
    ['POST', `people/${HANEUL}/unlink`, {}, 400, 'not linked'],
  ])('%s %s %j answers %i', async (method, path, body, status, problem) => {
    const response = await control(createKakaoEmulator(), method, path, body)
    expect(response.status).toBe(status)
    expect(JSON.stringify(await response.json())).toContain(problem)
  })
})

describe('links', () => {
  test('tell since when, what was agreed to, and how many tokens live', async () => {
    const kakao = createKakaoEmulator({ now: () => NOON })
    const first = await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    await logIn(kakao)
    const links = () => control(kakao, 'GET', `people/${HANEUL}/links`)

    expect(await (await links()).json()).toEqual({
      links: [
        {
          app_id: 123456,
          linked_at: '2026-01-01T12:00:00Z',
          has_signed_up: true,
          scopes: ['profile_image', 'profile_nickname'],
          service_terms: [],
          properties: {},
          live_tokens: 4,
        },
      ],
    })
    await post(kakao, '/v1/user/logout', {}, bearer(first))
    expect(await (await links()).json()).toMatchObject({ links: [{ live_tokens: 2 }] })
  })

  test('to several apps are ended one by one, by name', async () => {
    const apps = [1, 2].map((app_id) => ({
      app_id,
      rest_api_keys: [{ key: `key-${app_id}` }],
      any_loopback_redirect_uri: true,
    }))
    const kakao = createKakaoEmulator({ seed: { apps } })
    for (const { app_id } of apps) await linkTo(kakao, `key-${app_id}`)

    const unlink = (body: object) => control(kakao, 'POST', `people/${HANEUL}/unlink`, body)
    expect((await unlink({})).status).toBe(400)
    expect(await (await unlink({ app_id: 1 })).json()).toMatchObject({ links: [{ app_id: 2 }] })
    expect(await (await unlink({})).json()).toEqual({ links: [] })
  })
})

async function linkTo(kakao: ReturnType<typeof createKakaoEmulator>, client_id: string) {
  const redirect_uri = 'http://localhost/'
  const query = new URLSearchParams({ client_id, redirect_uri, response_type: 'code' })
  const back = await kakao.authorize(`http://kakao.test/oauth/authorize?${query}`, { id: HANEUL })
  const code = back.searchParams.get('code') ?? ''
  const grant_type = 'authorization_code'
  await post(kakao, '/oauth/token', { grant_type, client_id, redirect_uri, code })
}
