import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import {
  ADMIN,
  bearer,
  demoSeed,
  get,
  HANEUL,
  kapiCodeOf,
  logIn,
  target,
} from './_support/demo-app.ts'

const PATH = '/v1/user/shipping_address'

const address = (id: string, updated_at: number) => ({ id, updated_at, base_address: `길 ${id}` })
const seed = demoSeed(
  { consent_items: [{ id: 'shipping_address' }, { id: 'account_email' }] },
  {
    shipping_addresses: [
      address('11', 100),
      { ...address('9223372036854775807', 50), is_default: true },
      address('13', 300),
      address('12', 200),
    ],
  },
)

async function ask(query = '', refuses: string[] = []) {
  const kakao = createKakaoEmulator({ seed })
  const tokens = await logIn(kakao, { id: HANEUL, refuses })
  return await get(kakao, `${PATH}${query}`, bearer(tokens))
}

async function idsOf(query: string): Promise<string[]> {
  const text = await (await ask(query)).text()
  return [...text.matchAll(/"id":(\d+)/g)].map(([, id = '']) => id)
}

describe('GET /v1/user/shipping_address', () => {
  test('tells every address, the default one first, then the newest', async () => {
    expect(await idsOf('')).toEqual(['9223372036854775807', '13', '12', '11'])
  })

  test('tells whose they are as user_id', async () => {
    expect(await (await ask('?address_id=11')).json()).toEqual({
      user_id: Number(HANEUL),
      shipping_addresses_needs_agreement: false,
      shipping_addresses: [
        { id: 11, is_default: false, updated_at: 100, type: 'NEW', base_address: '길 11' },
      ],
    })
  })

  test('goes on from a time, the default address on every page', async () => {
    expect(await idsOf('?page_size=3')).toEqual(['9223372036854775807', '13', '12'])
    expect(await idsOf('?page_size=3&from_updated_at=200')).toEqual(['9223372036854775807', '11'])
  })

  test('can be asked for by the admin key', async () => {
    const kakao = createKakaoEmulator({ seed })
    await logIn(kakao)
    const response = await get(kakao, `${PATH}?${new URLSearchParams(target(HANEUL))}`, ADMIN)
    expect(response.status).toBe(200)
  })

  test('without consent answers -402 and which items are meant', async () => {
    const response = await ask('', ['shipping_address'])
    expect(response.status).toBe(403)
    expect(await response.json()).toEqual({
      msg: 'insufficient scopes.',
      code: -402,
      api_type: 'SHIPPING_ADDRESS',
      required_scopes: ['shipping_address'],
      allowed_scopes: ['account_email'],
    })
  })

  test('without consent answers with a flag where asked to', async () => {
    const kakao = createKakaoEmulator({
      seed,
      switches: { shipping_without_consent: 'flag', deprecated_fields: true },
    })
    const tokens = await logIn(kakao, { id: HANEUL, refuses: ['shipping_address'] })
    expect(await (await get(kakao, PATH, bearer(tokens))).json()).toEqual({
      user_id: Number(HANEUL),
      shipping_addresses_needs_agreement: true,
      has_shipping_addresses: true,
    })
  })

  test('is not for an app that does not ask for addresses', async () => {
    const kakao = createKakaoEmulator()
    expect(await kapiCodeOf(await get(kakao, PATH, bearer(await logIn(kakao))))).toBe('403 -3')
  })

  test.each(['?page_size=1', '?page_size=x', '?from_updated_at=-1', '?address_id=x'])(
    'refuses %s with -2',
    async (query) => {
      expect(await kapiCodeOf(await ask(query))).toBe('400 -2')
    },
  )
})
