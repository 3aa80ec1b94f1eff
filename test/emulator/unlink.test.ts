import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  ADMIN,
  bearer,
  demoSeed,
  getCode,
  HANEUL,
  kapiCodeOf,
  koeOf,
  logIn,
  me,
  post,
  redeem,
  refresh,
  target,
} from './_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService } from './_support/service.ts'

const UNLINK = '/v1/user/unlink'

describe('an unlink', () => {
  test('ends every token and code of the person at this app', async () => {
    const kakao = createKakaoEmulator()
    const [here, there] = [await logIn(kakao), await logIn(kakao)]
    const code = await getCode(kakao)

    const response = await post(kakao, UNLINK, {}, bearer(here))

    expect(await response.json()).toEqual({ id: Number(HANEUL) })
    expect((await me(kakao, there)).status).toBe(401)
    expect(await koeOf(await refresh(kakao, there.refresh_token))).toBe('KOE322')
    expect(await koeOf(await redeem(kakao, code))).toBe('KOE320')
  })

  test('makes the next login the first again', async () => {
    const kakao = createKakaoEmulator()
    await post(kakao, UNLINK, {}, bearer(await logIn(kakao)))
    const { scope } = await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    expect(scope).toBe('openid profile_image profile_nickname')
  })

  test('takes the user properties along', async () => {
    const kakao = createKakaoEmulator({ seed: demoSeed({ user_properties: ['grade'] }) })
    const first = await logIn(kakao)
    await post(kakao, '/v1/user/update_profile', { properties: '{"grade":"gold"}' }, bearer(first))
    expect((await me(kakao, first)).body).toMatchObject({ properties: { grade: 'gold' } })

    await post(kakao, UNLINK, {}, bearer(first))

    expect((await me(kakao, await logIn(kakao))).text).not.toContain('gold')
  })

  test('with the admin key works once, then answers -101', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao)
    expect((await post(kakao, UNLINK, target(HANEUL), ADMIN)).status).toBe(200)
    expect(await kapiCodeOf(await post(kakao, UNLINK, target(HANEUL), ADMIN))).toBe('400 -101')
  })

  test('by the app is told by no unlink webhook, but by an event', async () => {
    const service = createService()
    const seed = demoSeed({ webhooks: BOTH_WEBHOOKS })
    const kakao = createKakaoEmulator({ seed, fetch: service.fetch })
    const tokens = await logIn(kakao)
    await kakao.settled()
    service.received.length = 0

    await post(kakao, UNLINK, {}, bearer(tokens))
    await kakao.settled()

    expect(service.events()).toEqual(['user-unlinked'])
    expect(JSON.stringify(service.claims())).toContain('UNLINK_FROM_SERVICE')
    expect(service.received).toHaveLength(1)
  })

  test('by the app is told by nothing where that is switched off', async () => {
    const service = createService()
    const kakao = createKakaoEmulator({
      seed: demoSeed({ webhooks: BOTH_WEBHOOKS }),
      fetch: service.fetch,
      switches: { own_unlink_sends_event: false },
    })
    await post(kakao, UNLINK, {}, bearer(await logIn(kakao)))
    await kakao.settled()
    expect(service.events()).not.toContain('user-unlinked')
  })
})
