import { describe, expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

describe('the request', () => {
  test('asks for pictures by https, with the token as bearer', async () => {
    const { client, sent } = clientAnswered(() => json({ id: 1 }))

    await client.asUser('at-1').getMe()

    const [request] = sent
    expect(request?.method).toBe('GET')
    expect(request?.url.href).toBe('https://kapi.kakao.com/v2/user/me?secure_resource=true')
    expect(request?.headers.get('authorization')).toBe('Bearer at-1')
    expect(request?.redirect).toBe('manual')
  })

  test('writes property keys as JSON', async () => {
    const { client, sent } = clientAnswered(() => json({ id: 1 }))

    await client.asUser('at-1').getMe({ propertyKeys: ['kakao_account.email', 'properties.'] })

    expect(sent[0]?.url.searchParams.get('property_keys')).toBe(
      '["kakao_account.email","properties."]',
    )
  })

  test.each(['', 'at 1', 'at-1\r\nx: y', '토큰'])(
    'is not made with what can be no token ("%s")',
    async (accessToken) => {
      const { client, sent } = clientAnswered(() => json({ id: 1 }))

      const error = await thrownBy(client.asUser(accessToken).getMe())

      expect(error).toMatchObject({ name: 'KapiError', kakaoCode: -401, fault: 'visitor' })
      expect(sent).toEqual([])
    },
  )
})

describe('the id', () => {
  test.each([
    ['of ten digits', '{"id":3891047281}', '3891047281'],
    ['of nineteen digits', '{"id":1376016924429759228}', '1376016924429759228'],
    ['beyond 63 bits', '{"id":18446744073709551615}', '18446744073709551615'],
    ['already text', '{"id":"1376016924429759228"}', '1376016924429759228'],
  ])('%s keeps every digit', async (_, body, id) => {
    const { client } = clientAnswered(() => json(body))

    expect((await client.asUser('at-1').getMe()).id).toBe(id)
  })

  test.each(['{}', '{"id":null}', '{"id":"me"}', '{"id":1.5}', '{"id":-1}', '{"id":{}}'])(
    'is needed: %s is no usable answer',
    async (body) => {
      const { client } = clientAnswered(() => json(body))

      expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({
        name: 'KakaoUnavailableError',
        reason: 'unexpected_shape',
      })
    },
  )
})

describe('a refusal', () => {
  test.each([
    [-1, 400, 'kakao', true],
    [-7, 400, 'kakao', true],
    [-10, 429, 'kakao', true],
    [-9798, 503, 'kakao', true],
    [-3, 403, 'operator', false],
    [-101, 400, 'visitor', false],
    [-406, 401, 'visitor', false],
    [-99_999, 400, 'operator', false],
    [-99_999, 500, 'kakao', true],
  ])('%i (%i) is the fault of: %s', async (code, status, fault, retryable) => {
    const { client } = clientAnswered(() => json({ msg: 'whatever', code }, status))

    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({
      name: 'KapiError',
      kakaoCode: code,
      status,
      fault,
      retryable,
    })
  })

  test.each([
    ['this access token does not exist', 'visitor'],
    ['this access token is already expired', 'visitor'],
    ['ip mismatched! callerIp=192.0.2.1. check out registered ips.', 'operator'],
    ['domain mismatched! caller=x. check out registered web domains.', 'operator'],
    ['appKey(x) is already deactivated', 'operator'],
    [undefined, 'visitor'],
  ])('-401 with "%s" is the fault of: %s', async (msg, fault) => {
    const { client } = clientAnswered(() => json({ msg, code: -401 }, 401))

    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({ kakaoCode: -401, fault })
  })

  test('-402 names the consent items', async () => {
    const { client } = clientAnswered(() =>
      json(
        {
          msg: 'insufficient scopes.',
          code: -402,
          api_type: 'USER_ME',
          required_scopes: ['account_email'],
          allowed_scopes: ['profile_nickname'],
        },
        403,
      ),
    )

    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({
      kakaoCode: -402,
      apiType: 'USER_ME',
      requiredScopes: ['account_email'],
      allowedScopes: ['profile_nickname'],
    })
  })

  test('counts even under the status 200', async () => {
    const { client } = clientAnswered(() => json({ msg: 'internal', code: -1 }))

    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({ kakaoCode: -1 })
  })

  test.each([0, 1, 400, '-1', -1.5])('is not meant by the code %j', async (code) => {
    const { client } = clientAnswered(() => json({ id: 1, code }))

    expect(await client.asUser('at-1').getMe()).toEqual({ id: '1' })
  })

  test('without a code is no usable answer', async () => {
    const { client } = clientAnswered(() => json({ error: 'Not Found' }, 404))

    expect(await thrownBy(client.asUser('at-1').getMe())).toMatchObject({ reason: 'status' })
  })

  test("repeats neither the token nor Kakao's text", async () => {
    const { client } = clientAnswered(() => json({ msg: 'bad token at-1', code: -401 }, 401))

    const error = await thrownBy(client.asUser('at-1').getMe())
    expect(JSON.stringify(error) + String(error)).not.toContain('at-1')
  })
})
