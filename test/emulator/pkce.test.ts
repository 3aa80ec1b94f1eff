import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { getCode, HANEUL, redeem, s256 } from './_support/demo-app.ts'

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters'
const CHALLENGE = { code_challenge: s256(VERIFIER), code_challenge_method: 'S256' }

describe('PKCE', () => {
  test('lets the right verifier pass', async () => {
    const kakao = createKakaoEmulator()
    const code = await getCode(kakao, { id: HANEUL }, CHALLENGE)
    expect((await redeem(kakao, code, { code_verifier: VERIFIER })).status).toBe(200)
  })

  test.each([{}, { code_verifier: 'wrong' }, { code_verifier: CHALLENGE.code_challenge }])(
    'refuses %j',
    async (parameters) => {
      const kakao = createKakaoEmulator()
      const code = await getCode(kakao, { id: HANEUL }, CHALLENGE)
      const response = await redeem(kakao, code, parameters)

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_grant', error_code: 'KOE320' })
    },
  )

  test('asks nothing where no challenge was presented', async () => {
    const kakao = createKakaoEmulator()
    const response = await redeem(kakao, await getCode(kakao), { code_verifier: VERIFIER })
    expect(response.status).toBe(200)
  })

  test('refuses with the KOE code of the switch, still as invalid_grant', async () => {
    const kakao = createKakaoEmulator({ switches: { pkce_failure_code: 'KOE204' } })
    const code = await getCode(kakao, { id: HANEUL }, CHALLENGE)
    expect(await (await redeem(kakao, code)).json()).toMatchObject({
      error: 'invalid_grant',
      error_code: 'KOE204',
    })
  })

  test('takes a plain challenge only where the switch says so', async () => {
    const kakao = createKakaoEmulator({ switches: { plain_challenge: true } })
    const code = await getCode(kakao, { id: HANEUL }, { code_challenge: VERIFIER })
    expect((await redeem(kakao, code, { code_verifier: 'wrong' })).status).toBe(400)
    expect((await redeem(kakao, code, { code_verifier: VERIFIER })).status).toBe(200)
  })
})
