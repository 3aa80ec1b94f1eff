import { describe, expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

describe('an access token', () => {
  test.each([
    ['now', '{"id":1376016924429759228,"expires_in":21240,"app_id":123456}'],
    ['once', '{"id":1376016924429759228,"expiresInMillis":21240000,"appId":123456}'],
  ])('is told of, as Kakao writes it %s', async (_, body) => {
    expect(await userAnswered(body).getAccessTokenInfo()).toEqual({
      id: '1376016924429759228',
      appId: '123456',
      expiresAt: new Date('2026-06-01T17:54:00Z'),
    })
  })

  test('may keep to itself whose it is and how long it lasts', async () => {
    expect(await userAnswered({ app_id: 123_456 }).getAccessTokenInfo()).toEqual({
      appId: '123456',
      expiresAt: new Date('2026-06-01T12:00:00Z'),
    })
  })

  test('of no app is no usable answer', async () => {
    expect(await thrownBy(userAnswered({ id: 1 }).getAccessTokenInfo())).toMatchObject({
      reason: 'unexpected_shape',
    })
  })
})

describe('user info', () => {
  test('in full', async () => {
    const user = userAnswered({
      sub: '1376016924429759228',
      name: '박솔',
      nickname: '솔',
      picture: 'http://k.kakaocdn.net/a.jpg',
      email: 'sol@example.com',
      email_verified: false,
      gender: 'FEMALE',
      birthdate: '0000-08-15',
      phone_number: '+82 10 1234 5678',
      phone_number_verified: true,
    })

    expect(await user.getUserInfo()).toEqual({
      subject: '1376016924429759228',
      name: '박솔',
      nickname: '솔',
      picture: 'https://k.kakaocdn.net/a.jpg',
      email: 'sol@example.com',
      emailVerified: false,
      gender: 'female',
      birthdate: '0000-08-15',
      phoneNumber: '+82 10 1234 5678',
      phoneNumberVerified: true,
    })
  })

  test('at the least', async () => {
    expect(await userAnswered({ sub: '7' }).getUserInfo()).toEqual({ subject: '7' })
  })

  test('without a subject is no usable answer', async () => {
    expect(await thrownBy(userAnswered({}).getUserInfo())).toMatchObject({
      reason: 'unexpected_shape',
    })
  })
})

describe('shipping addresses', () => {
  test('in full', async () => {
    const user = userAnswered(
      `{"user_id":1376016924429759228,"shipping_addresses_needs_agreement":false,
        "has_shipping_addresses":true,"shipping_addresses":[{"id":1376016924429759229,
        "name":"집","is_default":true,"updated_at":1767225600,"type":"NEW",
        "base_address":"첨단로 242","detail_address":"1층","receiver_name":"박솔",
        "receiver_phone_number1":"010-1234-5678","receiver_phone_number2":"",
        "zone_number":"63309","zip_code":"690-140"}]}`,
    )

    expect(await user.getShippingAddresses()).toEqual({
      userId: '1376016924429759228',
      addresses: {
        state: 'shared',
        value: [
          {
            id: '1376016924429759229',
            isDefault: true,
            name: '집',
            updatedAt: new Date('2026-01-01T00:00:00Z'),
            type: 'NEW',
            baseAddress: '첨단로 242',
            detailAddress: '1층',
            receiverName: '박솔',
            receiverPhoneNumber1: '010-1234-5678',
            zoneNumber: '63309',
            zipCode: '690-140',
          },
        ],
      },
    })
  })

  test.each([
    [{ shipping_addresses_needs_agreement: true }, { state: 'not_agreed' }],
    [{ shipping_addresses_needs_agreement: false }, { state: 'no_value' }],
    [{ shipping_addresses: [] }, { state: 'shared', value: [] }],
    [{ shipping_addresses: [{ name: 'no id' }, 7] }, { state: 'shared', value: [] }],
    [{}, undefined],
  ])('%j', async (body, addresses) => {
    const told = await userAnswered({ user_id: 7, ...body }).getShippingAddresses()

    expect(told).toEqual(addresses ? { userId: '7', addresses } : { userId: '7' })
  })
})

describe('a call that only acts', () => {
  test.each(['logout', 'unlink', 'signup'] as const)('%s tells for whom', async (call) => {
    expect(await userAnswered('{"id":1376016924429759228}')[call]()).toEqual({
      id: '1376016924429759228',
    })
  })

  test.each([
    ['unlink', -101],
    ['signup', -102],
  ] as const)('%s done already: %i', async (call, code) => {
    const user = userAnswered({ msg: 'whatever', code }, 400)

    expect(await thrownBy(user[call]())).toMatchObject({ kakaoCode: code, retryable: false })
  })
})

test("a refused admin key is the operator's to mend", async () => {
  const { client } = clientAnswered(() => json({ msg: 'wrong appKey', code: -401 }, 401))

  expect(await thrownBy(client.asAdmin('admin-1').user('7').unlink())).toMatchObject({
    kakaoCode: -401,
    fault: 'operator',
  })
})

function userAnswered(body: unknown, status?: number) {
  return clientAnswered(() => json(body, status)).client.asUser('at-1')
}
