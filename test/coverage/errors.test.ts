import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { KAKAO_ERRORS } from '../../src/kakao/index.ts'
import { ERROR_TESTS, rowsOf } from '../../tools/coverage-rows.ts'
import { bearer, demoSeed, get, logIn, redeem } from '../emulator/_support/demo-app.ts'

/** An answer of each host that says no and tells all it can. */
const REFUSALS = {
  kauth: () => redeem(createKakaoEmulator(), 'unknown'),

  async kapi() {
    const items = [{ id: 'shipping_address', level: 'during_use' }] as const
    const kakao = createKakaoEmulator({ seed: demoSeed({ consent_items: [...items] }) })
    return await get(kakao, '/v1/user/shipping_address', bearer(await logIn(kakao)))
  },
} as const satisfies Record<(typeof KAKAO_ERRORS)[number]['host'], () => Promise<Response>>

describe.each(KAKAO_ERRORS)('errors of $host', ({ host, fields }) => {
  for (const { name } of fields) {
    test(`${host} error field ${name}`, async () => {
      expect(await (await REFUSALS[host]()).json()).toHaveProperty(name)
    })
  }
})

test('each row of an error has its test here', () => {
  const tested = KAKAO_ERRORS.flatMap(({ host, fields }) =>
    fields.map(({ name }) => `${host} error field ${name}`),
  )
  expect(tested).toEqual(rowsOf(ERROR_TESTS).map(({ name }) => name))
})
