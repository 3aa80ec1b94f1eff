import { describe, expect, test } from 'vitest'
import type { KakaoUser } from '../../src/kakao/index.ts'
import { clientAnswered, json } from './_support/fake-kakao.ts'

test('a full answer, field by field', async () => {
  const user = await userFrom({
    id: 3891047281,
    has_signed_up: true,
    connected_at: '2026-02-03T04:05:06Z',
    synched_at: '2026-02-03T04:05:07Z',
    properties: { colour: 'blue' },
    for_partner: { uuid: 'uuid-1' },
    kakao_account: {
      profile_nickname_needs_agreement: false,
      profile_image_needs_agreement: false,
      profile: {
        nickname: '김하늘',
        is_default_nickname: false,
        profile_image_url: 'https://k.kakaocdn.net/a.jpg',
        thumbnail_image_url: 'https://k.kakaocdn.net/b.jpg',
        is_default_image: false,
      },
      email_needs_agreement: false,
      email: 'haneul@example.com',
      is_email_valid: true,
      is_email_verified: true,
      name_needs_agreement: false,
      name: '김하늘',
      age_range_needs_agreement: false,
      age_range: '20~29',
      birthyear_needs_agreement: false,
      birthyear: '1999',
      birthday_needs_agreement: false,
      birthday: '0815',
      birthday_type: 'LUNAR',
      is_leap_month: true,
      gender_needs_agreement: false,
      gender: 'female',
      phone_number_needs_agreement: false,
      phone_number: '+82 10-1234-5678',
      ci_needs_agreement: false,
      ci: 'ci-1',
      ci_authenticated_at: '2026-02-01T00:00:00Z',
    },
  })

  expect(user).toEqual({
    id: '3891047281',
    hasSignedUp: true,
    connectedAt: new Date('2026-02-03T04:05:06Z'),
    synchedAt: new Date('2026-02-03T04:05:07Z'),
    properties: { colour: 'blue' },
    partnerUuid: 'uuid-1',
    account: {
      nickname: { state: 'shared', value: { text: '김하늘', isDefault: false } },
      profileImage: {
        state: 'shared',
        value: {
          url: 'https://k.kakaocdn.net/a.jpg',
          thumbnailUrl: 'https://k.kakaocdn.net/b.jpg',
          isDefault: false,
        },
      },
      email: {
        state: 'shared',
        value: { address: 'haneul@example.com', isValid: true, isVerified: true },
      },
      name: { state: 'shared', value: '김하늘' },
      ageRange: { state: 'shared', value: '20~29' },
      birthyear: { state: 'shared', value: '1999' },
      birthday: {
        state: 'shared',
        value: { date: '0815', calendar: 'LUNAR', isLeapMonth: true },
      },
      gender: { state: 'shared', value: 'female' },
      phoneNumber: { state: 'shared', value: '+82 10-1234-5678' },
      ci: {
        state: 'shared',
        value: { value: 'ci-1', authenticatedAt: new Date('2026-02-01T00:00:00Z') },
      },
    },
  })
})

describe('the account', () => {
  test('is absent when Kakao sent none', async () => {
    expect(await userFrom({ id: 1 })).toEqual({ id: '1' })
  })

  test('is empty when Kakao sent an empty one', async () => {
    expect(await userFrom({ id: 1, kakao_account: {} })).toEqual({ id: '1', account: {} })
  })

  test.each([null, [], 'none', 7])('is absent when it is no object (%j)', async (kakao_account) => {
    expect(await userFrom({ id: 1, kakao_account })).toEqual({ id: '1' })
  })
})

describe('a consent item', () => {
  test.each([
    ['shared', { gender_needs_agreement: false, gender: 'male' }, 'shared'],
    ['shared by an older app, without a flag', { gender: 'male' }, 'shared'],
    ['not agreed to', { gender_needs_agreement: true }, 'not_agreed'],
    [
      'not agreed to, whatever else is sent',
      { gender_needs_agreement: true, gender: 'male' },
      'not_agreed',
    ],
    ['agreed to but unknown to Kakao', { gender_needs_agreement: false }, 'no_value'],
    ['agreed to but empty', { gender_needs_agreement: false, gender: '' }, 'no_value'],
    ['not configured', { name_needs_agreement: true }, undefined],
    ['of the wrong type', { gender: 1 }, undefined],
    ['with a flag of the wrong type', { gender_needs_agreement: 'no', gender: 'male' }, 'shared'],
  ])('%s', async (_, kakao_account, state) => {
    const { account } = await userFrom({ id: 1, kakao_account })

    expect(account?.gender?.state).toBe(state)
  })

  test('the flag of the old combined profile item stands for nickname and picture', async () => {
    const { account } = await userFrom({ id: 1, kakao_account: { profile_needs_agreement: true } })

    expect(account).toEqual({
      nickname: { state: 'not_agreed' },
      profileImage: { state: 'not_agreed' },
    })
  })

  test('nickname and picture are agreed to one by one', async () => {
    const { account } = await userFrom({
      id: 1,
      kakao_account: {
        profile_nickname_needs_agreement: false,
        profile_image_needs_agreement: true,
        profile: { nickname: '하늘' },
      },
    })

    expect(account).toEqual({
      nickname: { state: 'shared', value: { text: '하늘' } },
      profileImage: { state: 'not_agreed' },
    })
  })

  test('an e-mail keeps apart what Kakao said and what it did not say about it', async () => {
    const { account } = await userFrom({
      id: 1,
      kakao_account: { email: 'a@example.com', is_email_valid: false },
    })

    expect(account?.email).toEqual({
      state: 'shared',
      value: { address: 'a@example.com', isValid: false },
    })
  })
})

test.each([
  ['http://k.kakaocdn.net/a.jpg', 'https://k.kakaocdn.net/a.jpg'],
  ['http://mud-kage.kakao.com/a.jpg?x=1', 'https://mud-kage.kakao.com/a.jpg?x=1'],
  ['https://k.kakaocdn.net/a.jpg', 'https://k.kakaocdn.net/a.jpg'],
  ['http://localhost:8001/a.png', 'http://localhost:8001/a.png'],
  ['http://127.0.0.1:8001/a.png', 'http://127.0.0.1:8001/a.png'],
  ['http://k.kakaocdn.net:8080/a.jpg', 'http://k.kakaocdn.net:8080/a.jpg'],
  ['http://notkakaocdn.net/a.jpg', 'http://notkakaocdn.net/a.jpg'],
  ['HTTPS://k.kakaocdn.net/a.jpg', 'https://k.kakaocdn.net/a.jpg'],
])('the picture %s is told as %s', async (sent, told) => {
  const { account } = await userFrom({
    id: 1,
    kakao_account: { profile: { thumbnail_image_url: sent } },
  })

  expect(account?.profileImage).toEqual({ state: 'shared', value: { thumbnailUrl: told } })
})

test.each([
  'not an address',
  '//k.kakaocdn.net/a.jpg',
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://k.kakaocdn.net/1',
  'file:///etc/passwd',
])('the picture %j is as good as none', async (sent) => {
  const { account } = await userFrom({
    id: 1,
    kakao_account: {
      profile_image_needs_agreement: false,
      profile: { thumbnail_image_url: sent, profile_image_url: sent },
    },
  })

  expect(account?.profileImage).toEqual({ state: 'no_value' })
})

test('optional fields of the wrong type are as good as absent', async () => {
  const user = await userFrom({
    id: 1,
    has_signed_up: 'yes',
    connected_at: 'yesterday',
    synched_at: 7,
    properties: { colour: 'blue', size: 3 },
    for_partner: 'uuid-1',
    kakao_account: {
      profile: [],
      email: 7,
      birthday: '0815',
      birthday_type: 1,
      is_leap_month: 'false',
      ci: 'ci-1',
      ci_authenticated_at: 'long ago',
    },
  })

  expect(user).toEqual({
    id: '1',
    properties: { colour: 'blue' },
    account: {
      birthday: { state: 'shared', value: { date: '0815' } },
      ci: { state: 'shared', value: { value: 'ci-1' } },
    },
  })
})

function userFrom(body: object): Promise<KakaoUser> {
  return clientAnswered(() => json(body))
    .client.asUser('at-1')
    .getMe()
}
