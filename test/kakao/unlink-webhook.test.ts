import { describe, expect, test } from 'vitest'
import { readUnlinkWebhook } from '../../src/kakao/index.ts'
import { thrownBy } from './_support/fake-kakao.ts'

const URL = 'https://service.example/webhooks/kakao/unlink/'
const SOL = '1376016924429759228'
const FIELDS = { app_id: '123456', user_id: SOL, referrer_type: 'UNLINK_FROM_APPS' }
const EXPECTED = { adminKeys: ['admin-1', 'admin-2'], appId: '123456' }

describe('an unlink webhook is read from', () => {
  test.each([
    ['a query', get(FIELDS)],
    ['a form', post(new URLSearchParams(FIELDS).toString())],
    ['JSON', post(JSON.stringify(FIELDS))],
    [
      'JSON with bare numbers',
      post(`{"app_id":123456,"user_id":${SOL},"referrer_type":"UNLINK_FROM_APPS"}`),
    ],
  ])('%s', async (_, request) => {
    expect(await readUnlinkWebhook(request, EXPECTED)).toEqual({
      appId: '123456',
      userId: SOL,
      referrerType: 'UNLINK_FROM_APPS',
    })
  })
})

test('a cause that nobody knows yet, and a group, are told as they are', async () => {
  const request = get({ ...FIELDS, referrer_type: 'SOMETHING_NEW', group_user_token: 'group-1' })

  expect(await readUnlinkWebhook(request, EXPECTED)).toMatchObject({
    referrerType: 'SOMETHING_NEW',
    groupUserToken: 'group-1',
  })
})

test('any of the admin keys will do', async () => {
  const request = get(FIELDS, 'KakaoAK admin-2')

  expect(await readUnlinkWebhook(request, EXPECTED)).toMatchObject({ userId: SOL })
})

describe('not believed is', () => {
  test.each([
    'KakaoAK admin-3',
    'KakaoAK admin-',
    'KakaoAK admin-11',
    'kakaoak admin-1',
    'Bearer admin-1',
    'admin-1',
    '',
  ])('the header "%s"', async (authorization) => {
    await expectRefusal(get(FIELDS, authorization), 'unauthorized')
  })

  test('no header at all', async () => {
    await expectRefusal(new Request(`${URL}?${new URLSearchParams(FIELDS)}`), 'unauthorized')
  })

  test('any key where none is set', async () => {
    const call = readUnlinkWebhook(get(FIELDS, 'KakaoAK '), { adminKeys: [] })

    expect(await thrownBy(call)).toMatchObject({ code: 'unauthorized' })
  })

  test.each<[string, Request]>([
    ['another app', get({ ...FIELDS, app_id: '1234567' })],
    ['no app', get({ user_id: SOL })],
    ['broken JSON', post('{"app_id":"123456"')],
    ['nothing', post('')],
  ])('one about %s', async (_, request) => {
    await expectRefusal(request, 'app_mismatch')
  })

  test.each([undefined, '', 'me', '-1', '1.5'])('one about the user "%s"', async (user_id) => {
    const fields = { app_id: '123456', ...(user_id !== undefined && { user_id }) }

    await expectRefusal(get(fields), 'user_missing')
  })

  test('one over 64 KB', async () => {
    await expectRefusal(post(`user_id=${SOL}&more=${'x'.repeat(64 * 1024)}`), 'too_large')
  })
})

test('where no app id is known, none is asked for', async () => {
  const { adminKeys } = EXPECTED

  expect(await readUnlinkWebhook(get({ user_id: SOL }), { adminKeys })).toEqual({ userId: SOL })
})

async function expectRefusal(request: Request, code: string): Promise<void> {
  const error = await thrownBy(readUnlinkWebhook(request, EXPECTED))
  expect(error).toMatchObject({ name: 'UnlinkWebhookError', code, retryable: false })
  expect(JSON.stringify(error) + String(error)).not.toMatch(/admin-\d/)
}

function get(fields: Record<string, string>, authorization = 'KakaoAK admin-1'): Request {
  return new Request(`${URL}?${new URLSearchParams(fields)}`, { headers: { authorization } })
}

function post(body: string): Request {
  const headers = { authorization: 'KakaoAK admin-1' }
  return new Request(URL, { method: 'POST', headers, body })
}
