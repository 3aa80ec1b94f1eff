import { describe, expect, test } from 'vitest'
import { clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

describe('consent items', () => {
  test('in full', async () => {
    const user = userAnswered(
      `{"id":1376016924429759228,"scopes":[{"id":"account_email","display_name":"카카오계정(이메일)",
        "type":"PRIVACY","using":true,"agreed":true,"revocable":false,"delegated":true}]}`,
    )

    expect(await user.getScopes()).toEqual({
      id: '1376016924429759228',
      scopes: [
        {
          id: 'account_email',
          displayName: '카카오계정(이메일)',
          type: 'PRIVACY',
          isInUse: true,
          isAgreed: true,
          isRevocable: false,
          isDelegated: true,
        },
      ],
    })
  })

  test('one that is not agreed to says nothing of being revocable', async () => {
    const user = userAnswered({ id: 1, scopes: [{ id: 'gender', agreed: false, using: false }] })

    expect(await user.revokeScopes(['gender'])).toEqual({
      id: '1',
      scopes: [{ id: 'gender', isAgreed: false, isInUse: false }],
    })
  })

  test.each([
    [{ scopes: [] }],
    [{ id: 1 }],
    [{ id: 1, scopes: {} }],
    [{ id: 1, scopes: [null] }],
    [{ id: 1, scopes: [{ id: 'gender' }] }],
    [{ id: 1, scopes: [{ id: 'name', agreed: true }, { agreed: true }] }],
  ])('%j is no usable answer: data would be erased by it', async (body) => {
    expect(await thrownBy(userAnswered(body).getScopes())).toMatchObject({
      reason: 'unexpected_shape',
    })
  })

  test.each([
    [403, -3],
    [400, -2],
  ])('a refusal (%i) carries its code %i', async (status, code) => {
    const user = userAnswered({ msg: '[x] is not revocable.', code }, status)

    expect(await thrownBy(user.revokeScopes(['profile_nickname']))).toMatchObject({
      name: 'KapiError',
      kakaoCode: code,
      status,
    })
  })
})

describe('service terms', () => {
  test('in full', async () => {
    const user = userAnswered({
      id: 1,
      service_terms: [
        {
          tag: 'tag-1',
          required: true,
          agreed: true,
          revocable: false,
          agreed_at: '2026-02-03T04:05:06Z',
          agreed_by: 'KAUTH',
        },
        { tag: 'tag-2', required: false, agreed: false, revocable: true },
      ],
    })

    expect(await user.getServiceTerms()).toEqual({
      id: '1',
      serviceTerms: [
        {
          tag: 'tag-1',
          isRequired: true,
          isAgreed: true,
          isRevocable: false,
          agreedAt: new Date('2026-02-03T04:05:06Z'),
          agreedBy: 'KAUTH',
        },
        { tag: 'tag-2', isRequired: false, isAgreed: false, isRevocable: true },
      ],
    })
  })

  test('revoked, those that could be', async () => {
    const user = userAnswered({ id: 1, revoked_service_terms: [{ tag: 'tag-1', agreed: false }] })

    expect(await user.revokeServiceTerms(['tag-1', 'tag-2'])).toEqual({
      id: '1',
      revokedServiceTerms: [{ tag: 'tag-1', isAgreed: false }],
    })
  })

  test('recorded, those that were new', async () => {
    const term = {
      tag: 'tag-1',
      agreed: true,
      agreed_at: '2026-02-03T04:05:06Z',
      agreed_by: 'KAPI',
    }
    const user = userAnswered({ id: 1, agreed_service_terms: [term] })

    expect(await user.upgradeServiceTerms(['tag-1'])).toEqual({
      id: '1',
      agreedServiceTerms: [
        {
          tag: 'tag-1',
          isAgreed: true,
          agreedAt: new Date('2026-02-03T04:05:06Z'),
          agreedBy: 'KAPI',
        },
      ],
    })
  })

  test('left out by Kakao are none', async () => {
    const user = userAnswered({ id: 1 })

    expect(await user.getServiceTerms()).toEqual({ id: '1', serviceTerms: [] })
    expect(await user.revokeServiceTerms(['a'])).toEqual({ id: '1', revokedServiceTerms: [] })
    expect(await user.upgradeServiceTerms(['a'])).toEqual({ id: '1', agreedServiceTerms: [] })
  })

  test.each([[{ service_terms: [] }], [{ id: 1, service_terms: [{ tag: 'tag-1' }] }]])(
    '%j is no usable answer',
    async (body) => {
      expect(await thrownBy(userAnswered(body).getServiceTerms())).toMatchObject({
        reason: 'unexpected_shape',
      })
    },
  )
})

function userAnswered(body: unknown, status?: number) {
  return clientAnswered(() => json(body, status)).client.asUser('at-1')
}
