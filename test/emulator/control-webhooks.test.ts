import { describe, expect, test } from 'vitest'
import { createKakaoEmulator } from '../../src/emulator/index.ts'
import { importVerifyKey, JoseError, verifyJws } from '../../src/jose/index.ts'
import { NOON } from '../_support/clock.ts'
import { ADMIN, control, demoSeed, get, HANEUL } from './_support/demo-app.ts'
import { BOTH_WEBHOOKS, createService, readClaims } from './_support/service.ts'

function start(answer?: (place: number) => Response) {
  const service = createService(answer)
  const seed = demoSeed({ webhooks: BOTH_WEBHOOKS })
  const kakao = createKakaoEmulator({ seed, now: () => NOON, fetch: service.fetch })

  const send = async (wanted: Record<string, unknown>) => {
    const body = { kind: 'account_status', person: HANEUL, ...wanted }
    const response = await control(kakao, 'POST', 'webhooks', body)
    const sent = (await response.json()) as { token: string; deliveries: { status: number }[] }
    return { status: response.status, ...sent }
  }
  return { service, kakao, send }
}

/** Why a receiver would not believe a token: what is wrong with its signature. */
async function verdictOf(kakao: ReturnType<typeof start>['kakao'], token: string) {
  const answer = await (await get(kakao, '/.well-known/jwks.json')).json()
  const { keys } = answer as { keys: { kid: string }[] }
  try {
    await verifyJws(token, async (kid) => {
      const key = keys.find((one) => one.kid === kid)
      return key && (await importVerifyKey(key))
    })
    return 'good'
  } catch (error) {
    return error instanceof JoseError ? error.code : error
  }
}

describe('a webhook sent by hand', () => {
  test('tells what the service answered, and the token', async () => {
    const { send } = start(() => new Response('{"err":"invalid_key"}', { status: 400 }))
    const { token, deliveries } = await send({ event: 'user-unlinked', reason: 'ACCOUNT_DELETE' })

    expect(deliveries).toEqual([{ status: 400, body: '{"err":"invalid_key"}', ms: 0 }])
    expect(readClaims(token).events).toEqual({
      'https://schemas.openid.net/secevent/oauth/event-type/user-unlinked': {
        subject: { subject_type: 'iss-sub', iss: 'http://kakao.test', sub: HANEUL },
        reason: 'ACCOUNT_DELETE',
      },
    })
  })

  test('is only made where it is not to be sent', async () => {
    const { send, service } = start()
    const { token, deliveries } = await send({ send: false })
    expect(deliveries).toEqual([])
    expect(token.split('.')).toHaveLength(3)
    expect(service.received).toEqual([])
  })

  test('changes nothing about the person, who may be a stranger', async () => {
    const { send, kakao } = start()
    expect((await send({ kind: 'unlink', person: '5' })).deliveries).toMatchObject([
      { status: 202 },
    ])
    expect(await (await get(kakao, '/v1/user/ids', ADMIN)).text()).toContain('[]')
  })

  test.each([
    ['account-purged', 'https://schemas.openid.net/secevent/risc/event-type/account-purged'],
    ['credential-change', 'https://schemas.openid.net/secevent/caep/event-type/credential-change'],
    [
      'user-profile-changed',
      'https://schemas.kakao.com/platevent/kakao/event-type/user-profile-changed',
    ],
    ['https://example.com/event', 'https://example.com/event'],
    ['brand-new', 'https://schemas.openid.net/secevent/oauth/event-type/brand-new'],
  ])('can be about %s', async (event, uri) => {
    const { send, service } = start()
    await send({ event })
    expect(Object.keys(service.claims()[0]?.events ?? {})).toEqual([uri])
  })

  test('carries the details of its event', async () => {
    const { send } = start()
    const details = async (wanted: Record<string, unknown>) => {
      const { events } = readClaims((await send({ ...wanted, send: false })).token)
      const [event] = Object.values(events as Record<string, object>)
      return event
    }
    expect(await details({ event: 'credential-change', change_type: 'create' })).toMatchObject({
      change_type: 'create',
    })
    expect(
      await details({ event: 'assurance-level-change', change_type: 'increase' }),
    ).toMatchObject({ change_direction: 'increase' })
    expect(
      await details({ event: 'credential-compromise', payload: { credential_type: 'password' } }),
    ).toMatchObject({ credential_type: 'password' })
  })

  test.each([
    [{ kind: 'unlink', variant: 'late' }, 'no such variant'],
    [{ kind: 'other' }, 'kind'],
    [{ person: 'abc' }, 'person'],
    [{ app_id: 5 }, 'no such app'],
    [{ variant: 'odd' }, 'variant'],
  ])('is refused: %j', async (wanted, problem) => {
    const answer = await start().send(wanted)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer)).toContain(problem)
  })

  test.each(['unlink', 'account_status'])('needs an address to go to: %s', async (kind) => {
    const kakao = createKakaoEmulator()
    const response = await control(kakao, 'POST', 'webhooks', { kind, person: HANEUL })
    expect(JSON.stringify(await response.json())).toContain(`set webhooks.${kind}.url`)
    const made = { kind, person: HANEUL, send: false }
    expect((await control(kakao, 'POST', 'webhooks', made)).status).toBe(200)
  })
})

describe('a variant of the account-status webhook', () => {
  const make = async (variant: string) => {
    const { send, kakao } = start()
    const { token } = await send({ variant, send: false })
    return { token, verdict: await verdictOf(kakao, token) }
  }

  test.each([
    ['valid', 'good'],
    ['late', 'good'],
    ['wrong_audience', 'good'],
    ['wrong_issuer', 'good'],
    ['wrong_type', 'good'],
    ['no_jti', 'good'],
    ['oversized', 'good'],
    ['forged', 'signature_invalid'],
    ['unknown_key', 'key_unknown'],
    ['truncated', 'malformed'],
  ])('%s has a signature that is %s', async (variant, verdict) => {
    expect((await make(variant)).verdict).toBe(verdict)
  })

  test('is wrong in its claims as its name says', async () => {
    const claims = async (variant: string) => readClaims((await make(variant)).token)
    const valid = await claims('valid')

    expect((await claims('late')).toe).toBe(Number(valid.toe) - 3600)
    expect((await claims('wrong_audience')).aud).not.toBe('demo-rest-api-key')
    expect((await claims('wrong_issuer')).iss).not.toBe('http://kakao.test')
    expect(await claims('no_jti')).not.toHaveProperty('jti')
    expect((await make('oversized')).token.length).toBeGreaterThan(64 * 1024)
    expect(atob((await make('wrong_type')).token.split('.')[0] ?? '')).toContain('"typ":"JWT"')
  })

  test('duplicate is the same token twice', async () => {
    const { send, service } = start()
    expect((await send({ variant: 'duplicate' })).deliveries).toHaveLength(2)
    const [first, second] = service.received
    expect(first?.body).toBe(second?.body)
  })
})

describe('a variant of the unlink webhook', () => {
  test.each([
    ['valid', { app_id: '123456', user_id: HANEUL, referrer_type: 'UNLINK_FROM_APPS' }],
    ['wrong_audience', { app_id: '123457' }],
    ['truncated', { app_id: '123456' }],
    ['oversized', { group_user_token: expect.stringMatching(/^x{65537,}$/) }],
  ])('%s', async (variant, fields) => {
    const { send, service } = start()
    await send({ kind: 'unlink', variant })
    const [sent] = service.received
    const form = Object.fromEntries(new URLSearchParams(sent?.body))
    if (variant === 'valid' || variant === 'truncated') expect(form).toEqual(fields)
    else expect(form).toMatchObject(fields)
    expect(sent?.headers.get('authorization')).toBe('KakaoAK demo-admin-key')
  })

  test('forged carries no key of the app', async () => {
    const { send, service } = start()
    await send({ kind: 'unlink', variant: 'forged' })
    expect(service.received[0]?.headers.get('authorization')).toBe('KakaoAK forged-admin-key')
  })
})
