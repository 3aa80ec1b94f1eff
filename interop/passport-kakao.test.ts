import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../src/emulator/index.ts'
import { getLocation, openBrowser } from './_support/browser.ts'
import {
  CLIENT_SECRET,
  control,
  HANEUL,
  type ServedEmulator,
  SOL,
  startEmulator,
} from './_support/emulator.ts'
import { type PassportOutcome, startPassportApp } from './_support/passport-app.ts'
import { findFreeOrigin } from './_support/serve.ts'

describe('passport-kakao, with the emulator as its Kakao', () => {
  let emulator: ServedEmulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())

  async function signIn(
    person: PersonChoices,
    clientSecret = CLIENT_SECRET,
  ): Promise<PassportOutcome> {
    const app = await startPassportApp(await findFreeOrigin(), emulator.origin, clientSecret)
    const browser = openBrowser(app.origin)
    try {
      const authorizeUrl = getLocation(await browser.get('/login'))
      await browser.get(await emulator.kakao.authorize(authorizeUrl, person))
      return app.takeOutcome()
    } finally {
      await app.close()
    }
  }

  test('signs a person in', async () => {
    const { user } = await signIn(HANEUL)

    expect(user).toMatchObject({
      provider: 'kakao',
      id: 1_000_000_001,
      displayName: HANEUL.nickname,
      _json: { kakao_account: { email: HANEUL.email } },
    })
  })

  test('loses the last digits of a long id, which it was sent whole', async () => {
    const { user } = await signIn(SOL)

    expect(user).toMatchObject({
      id: Number(SOL.id),
      _raw: expect.stringContaining(`"id":${SOL.id},`),
    })
  })

  test('reports a wrong client secret', async () => {
    const { error, user } = await signIn(HANEUL, 'wrong')

    expect(error).toMatchObject({ name: 'TokenError', code: 'invalid_client' })
    expect(user).not.toBeTruthy()
  })

  test('reports that Kakao is under maintenance when it asks who it is', async () => {
    const fault = { path: '/v2/user/me', code: -9798, times: 1 }
    await control(emulator, 'POST', 'faults', fault)

    const { error, user } = await signIn(HANEUL)

    expect(error).toMatchObject({ statusCode: 503 })
    expect(user).not.toBeTruthy()
  })

  test('reports that the person cancelled', async () => {
    const { error, user, info } = await signIn({ id: '1000000002', cancels: true })

    expect({ error, user }).toEqual({ error: null, user: false })
    expect(info).toEqual({ message: 'User denied access' })
  })
})
