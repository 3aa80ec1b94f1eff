import { describe, expect, test } from 'vitest'
import { generateSigningKey, signJws } from '../../src/jose/index.ts'
import { KAKAO_EVENT_TYPES, type KakaoEventTypeName } from '../../src/kakao/index.ts'
import { clientAnswered, json, NOON, thrownBy } from './_support/fake-kakao.ts'
import { eventToken, GOOD_EVENT, idToken, jwkSet, KEY, unsignedToken } from './_support/signing.ts'

const SOL = '1376016924429759228'
const NOON_SECONDS = NOON.getTime() / 1000
const UNLINKED = KAKAO_EVENT_TYPES['user-unlinked'].uri
const ISSUED = KAKAO_EVENT_TYPES['token-issued'].uri

test('a good one tells what happened, to whom, and when', async () => {
  expect(await verify(await eventToken())).toEqual({
    id: 'event-1',
    subject: SOL,
    issuer: 'https://kauth.kakao.com',
    issuedAt: new Date('2026-06-01T11:59:59Z'),
    occurredAt: new Date('2026-06-01T11:59:56Z'),
    transactionId: 'transaction-1',
    events: [
      {
        type: 'user-unlinked',
        uri: 'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked',
        reason: 'UNLINK_FROM_APPS',
        payload: expect.objectContaining({ reason: 'UNLINK_FROM_APPS' }),
      },
    ],
  })
})

describe('the events', () => {
  test('are of eighteen types', () => {
    expect(Object.keys(KAKAO_EVENT_TYPES)).toHaveLength(18)
  })

  test.each(Object.entries(KAKAO_EVENT_TYPES))('%s is known by its URI', async (name, { uri }) => {
    const { events } = await verify(await eventToken({ events: { [uri]: {} } }))

    expect(events).toEqual([{ type: name, uri, payload: {} }])
    expect(uri.endsWith(`/event-type/${name}`)).toBe(true)
  })

  test.each<[KakaoEventTypeName, object, object]>([
    ['account-disabled', { reason: 'hijacking' }, { reason: 'hijacking' }],
    ['credential-compromise', { credential_type: 'password' }, { credentialType: 'password' }],
    [
      'credential-change',
      { credential_type: 'password', change_type: 'create' },
      { credentialType: 'password', changeType: 'create' },
    ],
    [
      'assurance-level-change',
      { change_direction: 'increase', current_level: 'b', previous_level: 'a' },
      { changeDirection: 'increase', currentLevel: 'b', previousLevel: 'a' },
    ],
  ])('%s tells of %j', async (name, payload, told) => {
    const { uri } = KAKAO_EVENT_TYPES[name]
    const { events } = await verify(await eventToken({ events: { [uri]: payload } }))

    expect(events).toEqual([{ type: name, uri, payload, ...told }])
  })

  test('of a type that nobody knows yet are accepted', async () => {
    const uri = 'https://schemas.kakao.com/events/oauth/user-linked'
    const { events } = await verify(await eventToken({ events: { [uri]: { a: 1 } } }))

    expect(events).toEqual([{ type: 'unknown', uri, payload: { a: 1 } }])
  })

  test('are all told', async () => {
    const { events } = await verify(await eventToken({ events: { [UNLINKED]: {}, [ISSUED]: 7 } }))

    expect(events.map(({ type }) => type)).toEqual(['user-unlinked', 'token-issued'])
  })
})

describe('where Kakao words it otherwise', () => {
  test('the transaction may be called txn', async () => {
    const token = await eventToken({ txm: undefined, txn: 'transaction-2' })

    expect(await verify(token)).toMatchObject({ transactionId: 'transaction-2' })
  })

  test('the subject may stand in the event alone', async () => {
    expect(await verify(await eventToken({ sub: undefined }))).toMatchObject({ subject: SOL })
  })

  test.each([undefined, 'yesterday', NOON.getTime(), 1e300])(
    'without a usable toe (%s) it happened when it was issued',
    async (toe) => {
      expect(await verify(await eventToken({ toe }))).toMatchObject({
        occurredAt: new Date('2026-06-01T11:59:59Z'),
      })
    },
  )

  test.each(['secevent+jwt', 'SecEvent+JWT', 'application/secevent+jwt'])(
    'the type may be %s',
    async (typ) => {
      expect(await verify(await eventToken({}, typ))).toHaveProperty('id')
    },
  )

  test.each([[['other-key', 'rest-key']], ['native-key'], [123_456], ['123456']])(
    'the audience %j is ours, if we say so',
    async (aud) => {
      const audiences = ['rest-key', 'native-key', '123456']

      expect(await verify(await eventToken({ aud }), { audiences })).toHaveProperty('id')
    },
  )
})

describe('invalid_request', () => {
  test.each(['', 'a.b', 'a.b.c.d', 'x'.repeat(1000)])('"%s"', async (token) => {
    await expectRefusal(token, 'invalid_request')
  })

  test.each(['JWT', 'at+jwt', 'secevent'])('the type %s', async (typ) => {
    await expectRefusal(await eventToken({}, typ), 'invalid_request')
  })

  test('an ID token, before any key is looked for', async () => {
    const { client, sent } = clientAnswered(() => json(jwkSet(KEY)))

    const error = await thrownBy(client.verifyAccountStatusWebhook(await idToken()))
    expect(error).toMatchObject({ code: 'invalid_request' })
    expect(sent).toEqual([])
  })

  test.each(['none', 'HS256', 'RS512'])('the algorithm %s', async (alg) => {
    const token = unsignedToken({ alg, kid: 'key-1', typ: 'secevent+jwt' })

    await expectRefusal(token, 'invalid_request')
  })

  test.each<[string, object]>([
    ['no jti', { jti: undefined }],
    ['an empty jti', { jti: '' }],
    ['no iat', { iat: undefined }],
    ['an iat that is no number', { iat: String(NOON_SECONDS) }],
    ['no events', { events: undefined }],
    ['an empty list of events', { events: {} }],
    ['events that are none', { events: ['user-unlinked'] }],
    ['an iat over five minutes ahead', { iat: NOON_SECONDS + 301 }],
    ['an iat over seven days old', { iat: NOON_SECONDS - 604_801 }],
    ['a subject that is no id', { sub: 'me', events: { [ISSUED]: {} } }],
    ['no subject', { sub: undefined, events: { [ISSUED]: {} } }],
    ['two subjects', { sub: '7' }],
    ['a subject of another issuer', { events: { [ISSUED]: { subject: { iss: 'x', sub: SOL } } } }],
    [
      'two events about two people',
      {
        sub: undefined,
        events: { [ISSUED]: { subject: { sub: SOL } }, [UNLINKED]: { subject: { sub: '7' } } },
      },
    ],
  ])('%s', async (_, changes) => {
    await expectRefusal(await eventToken({ ...changes }), 'invalid_request')
  })

  test.each([NOON_SECONDS + 300, NOON_SECONDS - 604_800])('not an iat of %i', async (iat) => {
    expect(await verify(await eventToken({ iat }))).toHaveProperty('id')
  })
})

describe('invalid_key', () => {
  test('another key under a known name', async () => {
    const stranger = await generateSigningKey('key-1')

    await expectRefusal(await signJws(GOOD_EVENT, stranger, 'secevent+jwt'), 'invalid_key')
  })

  test('a key that Kakao, asked, does not publish', async () => {
    const token = await signJws(GOOD_EVENT, { ...KEY, kid: 'key-9' }, 'secevent+jwt')

    await expectRefusal(token, 'invalid_key')
  })
})

test.each([undefined, 'https://kauth.kakao.com/', 'https://elsewhere.example'])(
  'invalid_issuer: %s',
  async (iss) => {
    await expectRefusal(await eventToken({ iss }), 'invalid_issuer')
  },
)

test.each([undefined, 'other-key', [], ['other-key'], 7, { 0: 'rest-key' }])(
  'invalid_audience: %j',
  async (aud) => {
    await expectRefusal(await eventToken({ aud }), 'invalid_audience')
  },
)

describe('nobody knows', () => {
  test('while the keys cannot be had', async () => {
    const { client } = clientAnswered(() => json('', 502))

    const call = client.verifyAccountStatusWebhook(await eventToken())
    expect(await thrownBy(call)).toMatchObject({ name: 'KakaoUnavailableError', reason: 'status' })
  })

  test('of an unknown key while Kakao was asked a moment ago', async () => {
    const { client } = clientAnswered(() => json(jwkSet(KEY)))
    await client.keys.warm()
    await client.keys.findKey('key-8')
    const token = await signJws(GOOD_EVENT, { ...KEY, kid: 'key-9' }, 'secevent+jwt')

    expect(await thrownBy(client.verifyAccountStatusWebhook(token))).toMatchObject({
      name: 'KakaoUnavailableError',
      reason: 'cool_down',
    })
  })
})

test('it does not pass for an ID token', async () => {
  const { client } = clientAnswered(() => json(jwkSet(KEY)))
  const token = await eventToken({ exp: NOON_SECONDS + 60 })

  expect(await thrownBy(client.verifyIdToken(token, {}))).toMatchObject({ code: 'malformed' })
})

type Expected = { audiences?: string[] }

function verify(token: string, expected?: Expected) {
  return clientAnswered(() => json(jwkSet(KEY))).client.verifyAccountStatusWebhook(token, expected)
}

async function expectRefusal(token: string, code: string): Promise<void> {
  const error = await thrownBy(verify(token))
  expect(error).toMatchObject({ name: 'AccountStatusWebhookError', code, retryable: false })
}
