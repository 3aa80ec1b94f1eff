import { describe, expect, test } from 'vitest'
import { LOGIN_ERRORS } from '../../src/emulator/authorize/redirect-back.ts'
import { createKakaoEmulator, type KakaoEmulator } from '../../src/emulator/index.ts'
import { createKakaoClient, KAKAO_CODES, KapiError, KauthError } from '../../src/kakao/index.ts'
import { CODE_TESTS, rowsOf } from '../../tools/coverage-rows.ts'
import {
  control,
  demoSeed,
  errorOf,
  getCode,
  HANEUL,
  ORIGIN,
} from '../emulator/_support/demo-app.ts'
import { PROVOKED_CODES } from './_support/provoked-codes.ts'

const rows = new Set(rowsOf(CODE_TESTS).map(({ name }) => name))

function createClient(kakao: KakaoEmulator) {
  return createKakaoClient({
    restApiKey: 'demo-rest-api-key',
    kauthUrl: ORIGIN,
    kapiUrl: ORIGIN,
    fetch: (input, init) => kakao.fetch(new Request(input, init)),
  })
}

/** What the client throws when the emulator is told to answer with a code. */
async function thrownFor(code: string | number): Promise<unknown> {
  const kakao = createKakaoEmulator()
  await control(kakao, 'POST', 'faults', typeof code === 'number' ? { code } : { koe: code })
  const client = createClient(kakao)
  const call =
    typeof code === 'number'
      ? client.asUser('token').getMe({ retries: 0 })
      : client.exchangeCode({ code: 'code', redirectUri: ORIGIN })
  return await call.catch((error: unknown) => error)
}

describe('as a fault', () => {
  for (const { code, fault, retryable, answer } of KAKAO_CODES) {
    test(`code ${code}`, async () => {
      const error = await thrownFor(code)

      expect(error).toBeInstanceOf(typeof code === 'number' ? KapiError : KauthError)
      // A refused token is the visitor's own; the catalogue cannot know with what a call was made.
      expect(error).toMatchObject({ kakaoCode: code, fault, retryable })
      if (answer?.statuses !== undefined) {
        expect(answer.statuses).toContain((error as { status: number }).status)
      }
      if (answer?.error !== undefined) expect(error).toMatchObject({ error: answer.error })
    })
  }
})

describe('by itself', () => {
  for (const [code, provoke] of Object.entries(PROVOKED_CODES)) {
    test(`code ${code}`, async () => {
      const response = await provoke(createKakaoEmulator())
      const text = await response.text()
      expect(response.status).toBeGreaterThanOrEqual(400)
      if (code.startsWith('KOE')) expect(/KOE\d+/.exec(text)?.[0]).toBe(code)
      else expect(JSON.parse(text)).toMatchObject({ code: Number(code) })
    })
  }
})

describe('authorize sends back', () => {
  const changes: Readonly<Record<(typeof LOGIN_ERRORS)[number], () => Promise<string | null>>> = {
    async access_denied() {
      const seed = demoSeed({ admits_under_14: false }, { under_14: true })
      return await errorOf(createKakaoEmulator({ seed }), {})
    },
    login_required: () => errorOf(createKakaoEmulator(), { prompt: 'none' }),
    async consent_required() {
      const kakao = createKakaoEmulator()
      await getCode(kakao)
      return await errorOf(kakao, { prompt: 'none' })
    },
    async interaction_required() {
      const kakao = createKakaoEmulator()
      await getCode(kakao)
      await control(kakao, 'PATCH', `people/${HANEUL}`, { needs_interaction: true })
      return await errorOf(kakao, { prompt: 'none' })
    },
    unauthorized_client: () =>
      errorOf(createKakaoEmulator({ seed: demoSeed({ blocked: true }) }), {}),
  }

  for (const error of LOGIN_ERRORS) {
    test(`authorize error ${error}`, async () => {
      expect(await changes[error]()).toBe(error)
    })
  }
})

test('each row of a code has its test here', () => {
  const tested = [
    ...KAKAO_CODES.map(({ code }) => `code ${code}`),
    ...LOGIN_ERRORS.map((error) => `authorize error ${error}`),
  ]
  expect(new Set(tested)).toEqual(rows)
  const known = new Set(KAKAO_CODES.map(({ code }) => String(code)))
  expect(Object.keys(PROVOKED_CODES).filter((code) => !known.has(code))).toEqual([])
})
