import { expect, test } from 'vitest'
import { SQLITE } from '../_support/engines.ts'
import { login, readJson } from '../_support/login.ts'
import { postJson } from '../_support/ways.ts'
import { HANEUL, type WorldOptions } from '../_support/world.ts'
import { createConsentScene, signUp } from './_support/consent-world.ts'

/** A Kakao that wants more consent for one of its calls. */
function wantingMore(path: string, environment: Record<string, string> = {}): WorldOptions {
  const refusal = {
    msg: 'insufficient scopes.',
    code: -402,
    api_type: 'A_CALL',
    required_scopes: ['phone_number', 'gender'],
    allowed_scopes: ['profile_nickname'],
  }
  return {
    environment,
    intercept: async (request, send) =>
      new URL(request.url).pathname === path
        ? Response.json(refusal, { status: 403 })
        : await send(request),
  }
}

test('a member is told what is missing, and where to agree without losing the session', async () => {
  const scene = await createConsentScene(SQLITE, wantingMore('/v2/user/revoke/scopes'))
  const browser = await signUp(scene.world, HANEUL)
  const answer = await browser.delete('/me/consents/account_email')
  const { consent_url, ...body } = await readJson(answer)
  const start = await browser.get(String(consent_url))
  await scene.close()

  expect(answer.status).toBe(403)
  expect(body).toMatchObject({
    code: 'consent_needed',
    kakao_code: -402,
    required_scopes: ['phone_number', 'gender'],
  })
  expect(consent_url).toBe('http://localhost:8000/oauth/kakao/consent/?scope=phone_number,gender')
  expect(start.status).toBe(302)
})

test('behind a login the way is a login that asks for it', async () => {
  const scene = await createConsentScene(SQLITE, wantingMore('/v2/user/me', { KAKAO_OIDC: 'off' }))
  const browser = scene.world.browser()
  const answer = await login(scene.world, browser, HANEUL, { next: '/shop' })
  await scene.close()

  expect(await readJson(answer)).toMatchObject({
    status: 403,
    code: 'consent_needed',
    kakao_code: -402,
    required_scopes: ['phone_number', 'gender'],
    consent_url:
      'http://localhost:8000/oauth/kakao/login/?scope=openid,phone_number,gender&next=%2Fshop',
  })
})

test("a phone's access token that does not reach far enough is not called refused", async () => {
  const scene = await createConsentScene(
    SQLITE,
    wantingMore('/v1/user/access_token_info', { KAKAO_APP_ID: '123456' }),
  )
  const answer = await postJson(scene.world, '/oauth/kakao/login/native/', { access_token: 'a' })
  await scene.close()

  expect(await readJson(answer)).toMatchObject({ status: 403, code: 'consent_needed' })
})

test('a browser gets a page whose button leads there', async () => {
  const scene = await createConsentScene(SQLITE, wantingMore('/v2/user/revoke/scopes'))
  const browser = await signUp(scene.world, HANEUL)
  const answer = await browser.delete('/me/consents/account_email', { accept: 'text/html' })
  const page = await answer.text()
  await scene.close()

  expect(answer.status).toBe(403)
  expect(page).toContain(
    'class="kakao-button" href="http://localhost:8000/oauth/kakao/consent/?scope=phone_number,gender"',
  )
})
