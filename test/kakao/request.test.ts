import { describe, expect, expectTypeOf, test } from 'vitest'
import type { KakaoAdminUserApi, KakaoClient, KakaoUserApi } from '../../src/kakao/index.ts'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const SOL = '1376016924429759228'
const TARGET = { target_id_type: 'user_id', target_id: SOL }

/** Enough for every call to be content. */
const ANSWER = { id: SOL, user_id: SOL, scopes: [], elements: [] }

describe('the query of', () => {
  test.each<[string, (client: KakaoClient) => Promise<unknown>, object]>([
    [
      'getMe for an admin',
      (client) =>
        client
          .asAdmin('a')
          .user(SOL)
          .getMe({ propertyKeys: ['id'] }),
      { secure_resource: 'true', property_keys: '["id"]', ...TARGET },
    ],
    [
      'getScopes',
      (client) => client.asUser('at-1').getScopes({ scopes: ['account_email', 'gender'] }),
      { scopes: '["account_email","gender"]' },
    ],
    ['getScopes for an admin', (client) => client.asAdmin('a').user(SOL).getScopes(), TARGET],
    [
      'getServiceTerms',
      (client) => client.asUser('at-1').getServiceTerms({ of: 'app', tags: ['one', 'two'] }),
      { result: 'app_service_terms', tags: 'one,two' },
    ],
    [
      'getServiceTerms for those agreed to',
      (client) => client.asUser('at-1').getServiceTerms({ of: 'agreed' }),
      { result: 'agreed_service_terms' },
    ],
    [
      'getShippingAddresses',
      (client) =>
        client.asUser('at-1').getShippingAddresses({
          addressId: '7',
          updatedBefore: new Date('2026-01-01T00:00:00.900Z'),
          pageSize: 2,
        }),
      { address_id: '7', from_updated_at: '1767225600', page_size: '2' },
    ],
    [
      'listUserIds',
      (client) => client.asAdmin('a').listUserIds({ limit: 2, fromId: SOL, order: 'desc' }),
      { limit: '2', from_id: SOL, order: 'desc' },
    ],
    [
      'listUsers',
      (client) => client.asAdmin('a').listUsers([SOL, '7'], { propertyKeys: ['properties.'] }),
      {
        target_id_type: 'user_id',
        target_ids: `[${SOL},7]`,
        property_keys: '["properties."]',
      },
    ],
  ])('%s', async (_, call, query) => {
    const { client, sent } = clientAnswered(() => json(ANSWER))

    await call(client)

    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual(query)
    expect([...(sent[0]?.form ?? [])]).toEqual([])
  })
})

describe('the form of', () => {
  test.each<[string, (client: KakaoClient) => Promise<unknown>, object]>([
    ['logout', (client) => client.asUser('at-1').logout(), {}],
    ['logout for an admin', (client) => client.asAdmin('a').user(SOL).logout(), TARGET],
    ['unlink', (client) => client.asUser('at-1').unlink(), {}],
    ['unlink for an admin', (client) => client.asAdmin('a').user(SOL).unlink(), TARGET],
    ['signup', (client) => client.asUser('at-1').signup(), {}],
    [
      'signup with properties',
      (client) => client.asUser('at-1').signup({ properties: { 색: '파랑 & 하양' } }),
      { properties: '{"색":"파랑 & 하양"}' },
    ],
    [
      'updateProfile',
      (client) => client.asUser('at-1').updateProfile({ colour: 'blue' }),
      { properties: '{"colour":"blue"}' },
    ],
    [
      'revokeScopes for an admin',
      (client) => client.asAdmin('a').user(SOL).revokeScopes(['gender']),
      { scopes: '["gender"]', ...TARGET },
    ],
    [
      'revokeServiceTerms',
      (client) => client.asUser('at-1').revokeServiceTerms(['one', 'two']),
      { tags: 'one,two' },
    ],
    [
      'upgradeServiceTerms for an admin',
      (client) => client.asAdmin('a').user(SOL).upgradeServiceTerms(['one']),
      { tags: 'one', ...TARGET },
    ],
  ])('%s', async (_, call, form) => {
    const { client, sent } = clientAnswered(() => json(ANSWER))

    await call(client)

    expect(sent[0]?.method).toBe('POST')
    expect(sent[0]?.url.search).toBe('')
    expect(sent[0]?.headers.get('content-type')).toBe(
      'application/x-www-form-urlencoded;charset=utf-8',
    )
    expect(Object.fromEntries(sent[0]?.form ?? [])).toEqual(form)
  })
})

test('a space is written so that it is one wherever it is read', async () => {
  const { client, sent } = clientAnswered(() => json(ANSWER))

  await client.asUser('at-1').getMe({ propertyKeys: ['properties.a b+c'] })

  expect(sent[0]?.url.search).toContain('a%20b%2Bc')
})

describe('what Kakao would refuse anyhow is not sent:', () => {
  test.each<[string, (client: KakaoClient) => Promise<unknown>, number]>([
    ['an empty admin key', (client) => client.asAdmin('').listUserIds(), -401],
    ['an admin key of two lines', (client) => client.asAdmin('a\r\nb').user(SOL).unlink(), -401],
    ['a target that is no id', (client) => client.asAdmin('a').user('me').unlink(), -2],
    ['an empty target', (client) => client.asAdmin('a').user('').logout(), -2],
    ['an id that would end the list', (client) => client.asAdmin('a').listUsers(['1],x']), -2],
    ['a start that is no id', (client) => client.asAdmin('a').listUserIds({ fromId: 'x' }), -2],
  ])('%s', async (_, call, kakaoCode) => {
    const { client, sent } = clientAnswered(() => json(ANSWER))

    expect(await thrownBy(call(client))).toMatchObject({ kakaoCode, fault: 'operator' })
    expect(sent).toEqual([])
  })
})

test('what a token allows and what an admin key allows are told apart by type', () => {
  const { client } = clientAnswered(() => json(ANSWER))
  const admin = client.asAdmin('a')

  expectTypeOf(admin).not.toHaveProperty('getMe')
  expectTypeOf(admin.user(SOL)).not.toHaveProperty('signup')
  expectTypeOf(client.asUser('at-1')).not.toHaveProperty('listUserIds')
  expectTypeOf(admin.user(SOL)).not.toExtend<KakaoUserApi>()
  expectTypeOf(client.asUser('at-1')).not.toExtend<KakaoAdminUserApi>()
  expect([client.asUser('at-1').by, admin.user(SOL).by]).toEqual(['access_token', 'admin_key'])
})
