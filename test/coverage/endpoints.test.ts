import { describe, expect, test } from 'vitest'
import type { Switches } from '../../src/emulator/index.ts'
import { KAKAO_ENDPOINTS, type KakaoEndpointEntry } from '../../src/kakao/index.ts'
import { ENDPOINT_TESTS, listCoverage, rowsOf, toEndpointName } from '../../tools/coverage-rows.ts'
import { otherValue, SCENARIOS } from './_support/scenarios.ts'
import { createScene, type SceneOptions } from './_support/scene.ts'
import { type Exchange, listToldFields, toComparable } from './_support/trace.ts'

/** What Kakao may be like where nobody knows: the fields of both ways count. */
const SWITCHED: Partial<Switches> = { deprecated_fields: true, users_shape: 'object' }

/** Plays an endpoint's scenario. A change may make a call fail, and with it what comes after. */
async function play({ name }: KakaoEndpointEntry, options: SceneOptions = {}): Promise<Exchange[]> {
  const scene = createScene(options)
  const scenario = SCENARIOS[name]
  if (scenario === undefined) throw new Error(`no scenario calls ${name}`)
  try {
    await scenario(scene)
  } catch (error) {
    if (options.change === undefined) throw error
  }
  return scene.exchanges
}

const rows = new Set(rowsOf(ENDPOINT_TESTS).map(({ name }) => name))

describe.each(KAKAO_ENDPOINTS.map((endpoint) => [toEndpointName(endpoint), endpoint] as const))(
  '%s',
  (owner, endpoint) => {
    const { path, methods, parameters, responseFields } = endpoint

    test(owner, async () => {
      const exchanges = (await play(endpoint)).filter((exchange) => exchange.path === path)
      expect(exchanges.map(({ method }) => method)).toContain(methods[0])
      expect(exchanges.map(({ status }) => status)).toContain(isBrowser(endpoint) ? 302 : 200)
    })

    for (const parameter of Object.keys(parameters)) {
      const name = `${owner} parameter ${parameter}`
      test.runIf(rows.has(name))(name, async () => {
        const usual = await play(endpoint)
        const sent = usual.filter((exchange) => exchange.path === path)
        expect(sent.flatMap((exchange) => exchange.parameters)).toContain(parameter)

        const change = { path, parameter, value: otherValue(parameter) }
        const changed = await play(endpoint, { change })
        expect(toComparable(changed)).not.toBe(toComparable(usual))
      })
    }

    for (const { name: field } of responseFields) {
      const name = `${owner} field ${field}`
      const isTold = rows.has(name)
      test(isTold ? name : `${name} is left out`, async () => {
        const exchanges = [
          ...(await play(endpoint)),
          ...(await play(endpoint, { switches: SWITCHED })),
        ]
        const answers = exchanges.filter((exchange) => exchange.path === path)
        const told = new Set(answers.flatMap(listToldFields))
        expect(told.has(field)).toBe(isTold)
      })
    }
  },
)

test('two runs of a scenario are alike, so that a change in one means something', async () => {
  for (const endpoint of KAKAO_ENDPOINTS) {
    expect(toComparable(await play(endpoint))).toBe(toComparable(await play(endpoint)))
  }
})

test('each row of an endpoint has its test here', () => {
  const names = listCoverage().flatMap((part) => part.rows.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
  expect(KAKAO_ENDPOINTS.map(({ name }) => name).sort()).toEqual(Object.keys(SCENARIOS).sort())
})

function isBrowser({ auth }: KakaoEndpointEntry): boolean {
  return auth.includes('browser')
}
