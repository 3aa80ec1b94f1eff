import { describe, expect, test } from 'vitest'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { authorizeUrl, errorOf, getCode, HANEUL, logIn } from './_support/demo-app.ts'
import { newBrowser, openLogin, submitAndFollow } from './_support/pages.ts'

describe('scope', () => {
  test.each(['profile_image,account_email', 'profile_image account_email'])(
    'asks a linked person for what is missing: %j',
    async (scope) => {
      const kakao = createKakaoEmulator()
      const { scope: first } = await logIn(kakao, {
        id: HANEUL,
        refuses: ['profile_image', 'account_email'],
      })
      const { scope: second } = await logIn(kakao, { id: HANEUL }, { scope })

      expect(first).toBe('openid profile_nickname')
      expect(second).toBe('account_email profile_image profile_nickname')
    },
  )

  test('asks nothing where everything was agreed to', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao)
    expect(
      await getCode(kakao, { id: HANEUL }, { prompt: 'none', scope: 'account_email' }),
    ).not.toBe('')
  })

  test('with prompt none answers consent_required while something is missing', async () => {
    const kakao = createKakaoEmulator()
    await logIn(kakao, { id: HANEUL, refuses: ['account_email'] })
    expect(await errorOf(kakao, { prompt: 'none', scope: 'account_email' })).toBe(
      'consent_required',
    )
  })

  test('offers an item for use only when it names it', async () => {
    const kakao = createKakaoEmulator({
      seed: {
        apps: [
          {
            rest_api_keys: [{ key: 'k', redirect_uris: ['https://app.test/cb'] }],
            consent_items: [{ id: 'friends', level: 'during_use' }, { id: 'name' }],
          },
        ],
      },
    })
    const url = authorizeUrl({ client_id: 'k', redirect_uri: 'https://app.test/cb' })
    const plain = await consentPage(kakao, url)
    url.searchParams.set('scope', 'friends')
    const asked = await consentPage(kakao, url)

    expect(plain).not.toContain('value="friends"')
    expect(asked).toContain('value="friends"')
  })
})

async function consentPage(kakao: KakaoEmulator, url: URL): Promise<string> {
  const browser = newBrowser(kakao)
  const signIn = await openLogin(browser, url)
  const consent = await submitAndFollow(browser, signIn, { person: HANEUL })
  return (await browser.get(consent)).text()
}
