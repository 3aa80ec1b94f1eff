import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonChoices } from '../src/emulator/index.ts'
import { findPython, logInAtDjango } from './_support/allauth.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  HANEUL,
  type ServedEmulator,
  SOL,
  startEmulator,
} from './_support/emulator.ts'

const python = findPython()
if (python === undefined) {
  const remedy = 'on Debian: apt-get install python3-django-allauth'
  process.stderr.write(`\n  THE DJANGO-ALLAUTH TESTS ARE SKIPPED: there is none (${remedy})\n\n`)
}

const TIMEOUT_MS = 60_000

describe.skipIf(python === undefined)('django-allauth, with the emulator as its Kakao', () => {
  let emulator: ServedEmulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(() => emulator.close())

  async function signIn(person: PersonChoices, clientSecret = CLIENT_SECRET) {
    const { origin, kakao } = emulator
    const site = { origin, clientId: CLIENT_ID, clientSecret }
    return await logInAtDjango(python ?? '', site, (url) => kakao.authorize(url, person))
  }

  for (const [person, verified] of [
    [HANEUL, true],
    [SOL, false],
  ] as const) {
    const { id: uid, nickname, email } = person
    test(
      `signs in the person with the id ${uid}, digit by digit`,
      async () => {
        expect(await signIn(person)).toEqual({
          location: '/in/',
          uid,
          nickname,
          email,
          verified,
          error: null,
        })
      },
      TIMEOUT_MS,
    )
  }

  test(
    'reports a wrong client secret',
    async () => {
      const { uid, error } = await signIn(HANEUL, 'wrong')
      expect(uid).toBeNull()
      expect(error).toContain('KOE010')
    },
    TIMEOUT_MS,
  )

  test(
    'reports that the person cancelled',
    async () => {
      const { uid, location } = await signIn({ id: '1000000002', cancels: true })
      expect(uid).toBeNull()
      expect(location).toBe('/social/login/cancelled/')
    },
    TIMEOUT_MS,
  )
})
