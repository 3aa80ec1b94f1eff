import { describe, expect, test } from 'vitest'
import { signJws } from '../../src/jose/index.ts'
import {
  KAKAO_ENDPOINTS,
  KAKAO_ERRORS,
  KAKAO_WEBHOOKS,
  type KakaoEndpointEntry,
  type KakaoField,
  readUnlinkWebhook,
} from '../../src/kakao/index.ts'
import { CLIENT_CALLS } from './_support/client-calls.ts'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'
import { ERROR_SAMPLES, SAMPLES, WEBHOOK_SAMPLES } from './_support/samples.ts'
import { jwkSet, KEY } from './_support/signing.ts'

const CALLED = KAKAO_ENDPOINTS.filter(({ auth }) => !auth.includes('browser'))

test('the endpoints are these twenty-one, of which those marked may be called again', () => {
  const lines = KAKAO_ENDPOINTS.map(
    ({ number, methods, host, path, auth, retry }) =>
      `${number} ${methods.join('/')} ${host} ${path} ${auth}${retry === 'safe' ? ' *' : ''}`,
  )

  expect(lines).toEqual([
    '1 GET kauth /oauth/authorize browser',
    '2 POST kauth /oauth/token none',
    '3 GET/POST kapi /v2/user/me user,admin *',
    '4 GET kapi /v2/app/users admin *',
    '5 GET kapi /v1/user/ids admin *',
    '6 GET kapi /v1/user/access_token_info user *',
    '7 POST kapi /v1/user/logout user,admin',
    '8 GET kauth /oauth/logout browser',
    '9 POST kapi /v1/user/unlink user,admin',
    '10 POST kapi /v1/user/signup user',
    '11 POST kapi /v1/user/update_profile user *',
    '12 GET kapi /v1/user/shipping_address user,admin *',
    '13 GET kapi /v2/user/scopes user,admin *',
    '14 POST kapi /v2/user/revoke/scopes user,admin',
    '15 GET kapi /v2/user/service_terms user,admin *',
    '16 POST kapi /v2/user/revoke/service_terms user,admin',
    '17 POST kapi /v2/user/upgrade/service_terms user,admin',
    '18 GET kauth /.well-known/openid-configuration none *',
    '19 GET kauth /.well-known/jwks.json none',
    '20 POST kauth /oauth/tokeninfo none',
    '21 GET kapi /v1/oidc/userinfo user *',
  ])
})

test('every call of the client stands in the table', () => {
  const calls = new Set(KAKAO_ENDPOINTS.flatMap((endpoint) => endpoint.calls))
  expect([...calls].sort()).toEqual(Object.keys(CLIENT_CALLS).sort())
})

describe.each(CALLED.flatMap((endpoint) => endpoint.calls.map((call) => ({ endpoint, call }))))(
  '$endpoint.number $endpoint.path by $call',
  ({ endpoint, call }) => {
    test('goes where the table says, with nothing that the table does not list', async () => {
      const { client, sent } = clientAnswered(() => json(SAMPLES[endpoint.name]?.[0]))

      await CLIENT_CALLS[call](client)

      expect(sent).toHaveLength(1)
      const { method, url, form, headers } = sent[0] ?? missing()
      expect(method).toBe(endpoint.methods[0])
      expect(url.origin).toBe(`https://${endpoint.host}.kakao.com`)
      expect(url.pathname).toBe(endpoint.path)
      const names = [...url.searchParams.keys(), ...form.keys()]
      expect(Object.keys(endpoint.parameters)).toEqual(expect.arrayContaining(names))
      expect(names).toEqual(expect.arrayContaining(requiredOf(endpoint, call)))
      expect(headers.get('authorization')).toBe(authorizationOf(call))
    })

    test(`is repeated ${endpoint.retry === 'safe' ? 'twice' : 'never'}`, async () => {
      const { client, sent } = clientAnswered(() => json({ msg: 'internal', code: -1 }, 503))

      await Promise.allSettled([CLIENT_CALLS[call](client)])

      expect(sent).toHaveLength(endpoint.retry === 'safe' ? 3 : 1)
    })
  },
)

describe.each(CALLED)('the answer of $number $path', (endpoint) => {
  test.each(readFields(endpoint.responseFields))('is read for $name', async ({ name }) => {
    const samples = SAMPLES[endpoint.name] ?? []

    expect(await isRead(name, samples, (body) => answered(endpoint, body))).toBe(true)
  })
})

describe.each(KAKAO_WEBHOOKS)('the webhook $name', ({ name: webhook, fields }) => {
  test.each(readFields(fields))('is read for $name', async ({ name }) => {
    const samples = WEBHOOK_SAMPLES[webhook] ?? []
    const receive = webhook === 'unlink' ? receiveUnlink : receiveAccountStatus

    expect(await isRead(name, samples, receive)).toBe(true)
  })
})

describe.each(KAKAO_ERRORS)('an error of $host', ({ host, fields }) => {
  test.each(readFields(fields))('is read for $name', async ({ name }) => {
    const call = host === 'kauth' ? 'exchangeCode' : 'asUser.getMe'
    const tell = async (body: object) => {
      const { client } = clientAnswered(() => json(body, 403))
      return { ...((await thrownBy(Promise.resolve(CLIENT_CALLS[call](client)))) as object) }
    }
    expect(await isRead(name, ERROR_SAMPLES[host], tell)).toBe(true)
  })
})

test.each([
  ...KAKAO_ERRORS.map((entry) => entry.fields),
  ...KAKAO_ENDPOINTS.map((entry) => entry.responseFields),
  ...KAKAO_WEBHOOKS.map((entry) => entry.fields),
])('a field left alone has its reason (%#)', (...fields) => {
  for (const { unread } of fields) expect(unread ?? 'a reason.').toMatch(/\.$/)
})

function readFields(fields: readonly KakaoField[]): readonly KakaoField[] {
  return fields.filter(({ unread }) => unread === undefined)
}

/** A field is read when an answer without it is told otherwise than the same answer with it. */
async function isRead(
  name: string,
  samples: readonly object[],
  tell: (body: object) => Promise<unknown>,
): Promise<boolean> {
  for (const sample of samples) {
    const lacking = structuredClone(sample)
    if (!remove(lacking, name.split('.'))) continue
    if (JSON.stringify(await tell(sample)) !== JSON.stringify(await tell(lacking))) return true
  }
  return false
}

/** @returns Whether there was anything at that place. */
function remove(from: object, [step = '', ...rest]: readonly string[]): boolean {
  const name = step.replace('[]', '')
  const value: unknown = Reflect.get(from, name)
  if (value === undefined) return false
  if (rest.length === 0) return Reflect.deleteProperty(from, name)
  const inner: unknown = step.endsWith('[]') ? Object.values(Object(value))[0] : value
  return typeof inner === 'object' && inner !== null && remove(inner, rest)
}

async function answered({ calls }: KakaoEndpointEntry, body: object): Promise<unknown> {
  const { client } = clientAnswered(() => json(body))
  const [call] = calls
  return await outcomeOf(async () => {
    if (call !== 'keys.warm') return call && (await CLIENT_CALLS[call](client))
    return (await client.keys.findKey('key-1')) !== undefined
  })
}

async function receiveUnlink(body: object): Promise<unknown> {
  const request = new Request('https://service.example/webhooks/kakao/unlink/', {
    method: 'POST',
    headers: { authorization: 'KakaoAK admin-1' },
    body: new URLSearchParams(Object.entries(body)),
  })
  const expected = { adminKeys: ['admin-1'], appId: '123456' }
  return await outcomeOf(() => readUnlinkWebhook(request, expected))
}

async function receiveAccountStatus(body: object): Promise<unknown> {
  const { client } = clientAnswered(() => json(jwkSet(KEY)))
  const token = await signJws({ ...body }, KEY, 'secevent+jwt')
  return await outcomeOf(async () => {
    const { events, ...told } = await client.verifyAccountStatusWebhook(token)
    return { ...told, events: events.map(({ payload: _, ...event }) => event) }
  })
}

async function outcomeOf(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call()
  } catch (error) {
    return { thrown: String(error) }
  }
}

function requiredOf({ parameters }: KakaoEndpointEntry, call: string): string[] {
  const isAdmin = call.startsWith('asAdmin.user.')
  return Object.entries(parameters)
    .filter(([, { need }]) => need === 'required' || (need === 'admin' && isAdmin))
    .map(([name]) => name)
}

function authorizationOf(call: string): string | null {
  if (call.startsWith('asUser.')) return 'Bearer at-1'
  return call.startsWith('asAdmin.') ? 'KakaoAK admin-1' : null
}

function missing(): never {
  throw new Error('nothing was sent')
}
