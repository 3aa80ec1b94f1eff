import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  authorizeUrl,
  control,
  errorOf,
  get,
  getCode,
  HANEUL,
  logIn,
  requestedPaths,
} from './_support/demo-app.ts'
import { newBrowser, openLogin, submit } from './_support/pages.ts'

describe('prompt', () => {
  test('none answers login_required while nobody is signed in', async () => {
    const kakao = createKakaoEmulator()
    const response = await get(kakao, authorizeUrl({ prompt: 'none', state: 's' }))
    const back = new URL(response.headers.get('location') ?? '')

    expect(back.searchParams.get('error')).toBe('login_required')
    expect(back.searchParams.get('state')).toBe('s')
  })

  test('none answers consent_required to someone signed in and not linked', async () => {
    const kakao = createKakaoEmulator()
    await getCode(kakao)
    expect(await errorOf(kakao, { prompt: 'none' })).toBe('consent_required')
  })

  test('none answers interaction_required before consent_required', async () => {
    const people = [{ id: '7', needs_interaction: true }]
    const browser = newBrowser(createKakaoEmulator({ seed: { people } }))
    const page = await openLogin(browser, authorizeUrl())
    await submit(browser, page, { person: '7' })
    const back = await openLogin(browser, authorizeUrl({ prompt: 'none' }))

    expect(back.searchParams.get('error')).toBe('interaction_required')
  })

  test('none answers consent_required once the person did what Kakao wanted', async () => {
    const people = [{ id: '7', needs_interaction: true }]
    const kakao = createKakaoEmulator({ seed: { people } })
    await kakao.authorize(authorizeUrl(), { id: '7', cancels: true })

    expect(await errorOf(kakao, { prompt: 'none' }, '7')).toBe('consent_required')
  })

  test('none gives a code to someone signed in and linked', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao)
    expect(await getCode(kakao, { id: HANEUL }, { prompt: 'none' })).not.toBe('')
  })

  test.each(['login', 'select_account'])(
    '%s shows the sign-in page to someone signed in',
    async (prompt) => {
      const kakao = createKakaoEmulator()
      await logIn(kakao)
      await control(kakao, 'DELETE', 'journal')
      await getCode(kakao, { id: HANEUL }, { prompt })
      expect(await requestedPaths(kakao)).toContain('/account/login')
    },
  )

  test('create leads to the sign-up page first', async () => {
    const response = await get(createKakaoEmulator(), authorizeUrl({ prompt: 'create' }))
    expect(response.headers.get('location')).toMatch(/^\/account\/signup\?/)
  })

  test.each(['none,login', 'none login ', 'login none'])(
    'is a list with commas or spaces: %j',
    async (prompt) => {
      const kakao = createKakaoEmulator()
      await logIn(kakao)
      expect(await errorOf(kakao, { prompt })).toBe('login_required')
    },
  )
})
