import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { authorizeUrl, claimsOf, get, redeem, SOL, type Tokens } from './_support/demo-app.ts'

describe('--auto', () => {
  test('sends the first person back at once, everything agreed to', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const tokens = await autoLogIn(kakao)

    expect(claimsOf(tokens)).toMatchObject({ sub: '1000000001', email: 'haneul@example.com' })
    expect(tokens.scope).toBe('openid account_email profile_image profile_nickname')
  })

  test.each([SOL, 'sol@example.com'])('picks the person by login_hint: %s', async (login_hint) => {
    const kakao = createKakaoEmulator({ auto: true })
    expect(claimsOf(await autoLogIn(kakao, { login_hint }))).toMatchObject({ sub: SOL })
  })

  test('picks the first where the hint means nobody', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const tokens = await autoLogIn(kakao, { login_hint: 'nobody@example.com' })
    expect(claimsOf(tokens)).toMatchObject({ sub: '1000000001' })
  })

  test('honours what a person refuses', async () => {
    const people = [{ id: '7', refuses: ['account_email' as const] }]
    const kakao = createKakaoEmulator({ auto: true, seed: { people } })
    expect((await autoLogIn(kakao)).scope).toBe('openid profile_image profile_nickname')
  })

  test('cancels for a person who refuses a required item', async () => {
    const people = [{ id: '7', refuses: ['profile_nickname' as const] }]
    const kakao = createKakaoEmulator({ auto: true, seed: { people } })
    const back = await open(kakao, { state: 's' })
    expect(back.search).toBe(
      '?error=access_denied&error_description=User%20denied%20access&state=s',
    )
  })

  test('with prompt none asks nobody: consent_required until linked, then a code', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const before = await open(kakao, { prompt: 'none' })
    await autoLogIn(kakao)
    const after = await open(kakao, { prompt: 'none' })

    expect(before.searchParams.get('error')).toBe('consent_required')
    expect(after.searchParams.has('code')).toBe(true)
  })

  test('with prompt none answers consent_required to who is asked for more', async () => {
    const people = [{ id: '7', refuses: ['account_email' as const] }]
    const kakao = createKakaoEmulator({ auto: true, seed: { people } })
    await autoLogIn(kakao)
    const back = await open(kakao, { prompt: 'none', scope: 'account_email' })
    expect(back.searchParams.get('error')).toBe('consent_required')
  })

  test('leaves a person who is told what to do to the pages', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const back = await kakao.authorize(authorizeUrl(), { id: SOL, cancels: true })
    expect(back.searchParams.get('error')).toBe('access_denied')
  })

  test('still shows configuration mistakes on a page', async () => {
    const kakao = createKakaoEmulator({ auto: true })
    const response = await get(kakao, authorizeUrl({ redirect_uri: 'https://app.test/' }))
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('KOE006')
  })
})

async function open(kakao: KakaoEmulator, parameters: Record<string, string> = {}): Promise<URL> {
  const response = await get(kakao, authorizeUrl(parameters))
  return new URL(response.headers.get('location') ?? '')
}

async function autoLogIn(
  kakao: KakaoEmulator,
  parameters: Record<string, string> = {},
): Promise<Tokens> {
  const back = await open(kakao, parameters)
  const response = await redeem(kakao, back.searchParams.get('code') ?? '')
  return (await response.json()) as Tokens
}
