import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { PATHS } from '../../src/http/paths.ts'
import { explainKakaoCode } from '../../src/kakao/index.ts'
import { APP, createWorld, KAKAO, type World } from '../_support/world.ts'
import {
  ACCOUNT_LIFE,
  findAll,
  PAGES,
  READMES,
  readDocument,
  readSettings,
  WAYS_IN,
} from './_support/documents.ts'

const ENDPOINT = /`((?:GET|POST|DELETE) \/[^\s`]*)`/g
const KOE_CODE = /(KOE\d+)/g
const OUR_VARIABLE =
  /`((?:KAKAO|ALLOW|SESSION|DATABASE|ACCESS|REFRESH|TOKEN|LOGIN|APP|WEBHOOK|AUDIT)_[A-Z_]+)[`=]/g
const COMMAND = /^ *((?:curl|npm|npx) .*)$/gm

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

describe.each(PAGES)('%s and %s', (korean, english) => {
  test.each([
    ['endpoints', ENDPOINT],
    ['codes of Kakao', KOE_CODE],
    ['variables', OUR_VARIABLE],
    ['commands', COMMAND],
  ])('name the same %s', (_what, pattern) => {
    expect(findAll(readDocument(english), pattern)).toEqual(findAll(readDocument(korean), pattern))
  })
})

describe.each([...WAYS_IN, ...ACCOUNT_LIFE])('%s', (name) => {
  const text = readDocument(name)

  test('names only endpoints that exist', async () => {
    const endpoints = findAll(text, ENDPOINT)
    const served = await Promise.all(endpoints.map(isServed))

    expect(endpoints.length).toBeGreaterThan(2)
    expect(endpoints.filter((_endpoint, index) => !served[index])).toEqual([])
  })
})

test.each(PAGES.flat())('%s speaks only of variables that there are', (name) => {
  const settings = readSettings(readDocument('README.md')).map((row) => row.name)
  expect(settings).toEqual(expect.arrayContaining(findAll(readDocument(name), OUR_VARIABLE)))
})

test('both READMEs give the same settings and defaults', () => {
  const [korean, english] = READMES.map((name) => readSettings(readDocument(name)))
  expect(english).toEqual(korean)
})
