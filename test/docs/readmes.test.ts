import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { PATHS } from '../../src/http/paths.ts'
import { explainKakaoCode } from '../../src/kakao/index.ts'
import { APP, createWorld, KAKAO, type World } from '../_support/world.ts'
import { findAll, READMES, readDocument, readSettings } from './_support/documents.ts'

const ENDPOINT = /`((?:GET|POST|DELETE) \/[^\s`]*)`/g
const KOE_CODE = /(KOE\d+)/g
const OUR_VARIABLE = /`((?:KAKAO|ALLOW|SESSION|DATABASE)_[A-Z_]+)[`=]/g
const COMMAND = /^((?:curl|npm) .*)$/gm

const [korean = '', english = ''] = READMES.map(readDocument)
let world: World

beforeAll(async () => {
  world = await createWorld({ emulator: { auto: true } })
})
afterAll(() => world.close())

/** Whether our server or the emulator knows an endpoint. */
async function isServed(endpoint: string): Promise<boolean> {
  const [method = '', path = ''] = endpoint.split(' ')
  const ours = await world.daemun.fetch(
    new Request(APP + path, { method, headers: { origin: APP } }),
  )
  const emulated = await world.kakao.fetch(new Request(KAKAO + path, { method }))
  return [ours, emulated].some(({ status }) => status !== 404 && status !== 405)
}

describe.each(READMES)('%s', (name) => {
  const readme = readDocument(name)

  test('names only endpoints that exist', async () => {
    const endpoints = findAll(readme, ENDPOINT)
    const served = await Promise.all(endpoints.map(isServed))

    expect(endpoints.length).toBeGreaterThan(15)
    expect(endpoints.filter((_endpoint, index) => !served[index])).toEqual([])
  })

  test('names every path of ours', () => {
    const paths = findAll(readme, ENDPOINT).map((endpoint) => endpoint.split(' ')[1])
    expect(paths).toEqual(expect.arrayContaining(Object.values(PATHS)))
  })

  test('names only codes of Kakao that can be explained', () => {
    const codes = findAll(readme, KOE_CODE)

    expect(codes).toContain('KOE006')
    expect(codes.filter((code) => explainKakaoCode(code) === undefined)).toEqual([])
  })

  test('speaks only of variables that its settings table has', () => {
    const settings = readSettings(readme).map((row) => row.name)
    expect(settings).toEqual(expect.arrayContaining(findAll(readme, OUR_VARIABLE)))
  })
})

test.each([...READMES, 'CONTRIBUTING.md'])('%s runs only scripts that there are', (name) => {
  const run = findAll(readDocument(name), /npm run ([a-z]+)/g)

  expect(run).toContain('emulator')
  expect(Object.keys(manifest.scripts)).toEqual(expect.arrayContaining(run))
})

test.each(READMES)('%s says which Node the package supports', (name) => {
  const oldest = manifest.engines.node.replace('>=', 'Node ')
  expect(readDocument(name)).toContain(`${oldest} `)
})

test.each([
  ['endpoints', ENDPOINT],
  ['codes of Kakao', KOE_CODE],
  ['commands', COMMAND],
])('both READMEs name the same %s', (_what, pattern) => {
  expect(findAll(english, pattern)).toEqual(findAll(korean, pattern))
})

test('both READMEs give the same settings and defaults', () => {
  expect(readSettings(english)).toEqual(readSettings(korean))
})
