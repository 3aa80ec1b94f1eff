import { describe, expect, test } from 'vitest'
import { type Answer, clientAnswered, json, thrownBy } from './_support/fake-kakao.ts'

const NEXT = 'http://kapi.kakao.com/v1/user/ids?limit=2&app_key=secret&from_id='

describe('listUsers', () => {
  test.each([
    ['a bare list', '[{"id":1376016924429759228,"connected_at":"2026-02-03T04:05:06Z"},{"id":7}]'],
    [
      'an object',
      '{"elements":[{"id":1376016924429759228,"connected_at":"2026-02-03T04:05:06Z"},{"id":7}]}',
    ],
  ])('reads %s', async (_, body) => {
    const { admin } = adminAnswered(() => json(body))

    expect(await admin.listUsers(['7', '1376016924429759228'])).toEqual([
      { id: '1376016924429759228', connectedAt: new Date('2026-02-03T04:05:06Z') },
      { id: '7' },
    ])
  })

  test('with nobody to ask about asks nothing', async () => {
    const { admin, sent } = adminAnswered(() => json([]))

    expect(await admin.listUsers([])).toEqual([])
    expect(sent).toEqual([])
  })

  test.each([[[{}]], [[7]], [{}], [{ elements: {} }]])(
    '%j is no usable answer: who is missing counts as gone',
    async (body) => {
      const { admin } = adminAnswered(() => json(body))

      expect(await thrownBy(admin.listUsers(['7']))).toMatchObject({ reason: 'unexpected_shape' })
    },
  )
})

describe('listUserIds', () => {
  test('keeps every digit, and tells where the next page begins', async () => {
    const { admin } = adminAnswered(() =>
      json(`{"elements":[7,1376016924429759228],"total_count":9,
        "before_url":null,"after_url":"${NEXT}1376016924429759229"}`),
    )

    expect(await admin.listUserIds()).toEqual({
      ids: ['7', '1376016924429759228'],
      nextFromId: '1376016924429759229',
    })
  })

  test.each(['not an address', 'http://kapi.kakao.com/v1/user/ids'])(
    'goes on from its own edges where Kakao names none ("%s")',
    async (url) => {
      const { admin } = adminAnswered(() =>
        json({ elements: [7, 8], before_url: url, after_url: url }),
      )

      expect(await admin.listUserIds()).toMatchObject({ nextFromId: '8', previousFromId: '7' })
    },
  )

  test.each([{}, { elements: 'none' }, { elements: [7, null] }])(
    '%j is no usable answer',
    async (body) => {
      const { admin } = adminAnswered(() => json(body))

      expect(await thrownBy(admin.listUserIds())).toMatchObject({ reason: 'unexpected_shape' })
    },
  )

  test('beyond the quota is not repeated', async () => {
    const { admin, sent } = adminAnswered(() =>
      json({ msg: 'API limit has been exceeded.', code: -10 }, 429),
    )

    expect(await thrownBy(admin.listUserIds())).toMatchObject({
      kakaoCode: -10,
      status: 429,
      fault: 'kakao',
      retryable: true,
    })
    expect(sent).toHaveLength(1)
  })
})

describe('allUserIds', () => {
  test.each([
    ['with the last id of the page before', [[1, 2], [2, 3], [3]], ['1', '2', '3']],
    ['after it', [[1, 2], [3, 4], [5]], ['1', '2', '3', '4', '5']],
    ['nowhere, for there is nobody', [[]], []],
  ])('tells each id once, where pages begin %s', async (_, pages, ids) => {
    const { admin, sent } = adminAnswered(inTurn(pages))

    expect(await collect(admin.allUserIds())).toEqual(ids)
    expect(sent.map(({ url }) => url.origin + url.pathname)).toEqual(
      pages.map(() => 'https://kapi.kakao.com/v1/user/ids'),
    )
  })

  test('asks from the id that Kakao named, in the order wanted, without the app key', async () => {
    const { admin, sent } = adminAnswered(inTurn([[9, 8], [7]]))

    await collect(admin.allUserIds({ order: 'desc', fromId: '9' }))

    expect(sent.map(({ url }) => url.search)).toEqual([
      '?from_id=9&order=desc',
      '?from_id=8&order=desc',
    ])
  })

  test('ends where Kakao goes round in a circle', async () => {
    const { admin, sent } = adminAnswered(() => json({ elements: [1, 2], after_url: `${NEXT}2` }))

    expect(await collect(admin.allUserIds())).toEqual(['1', '2'])
    expect(sent).toHaveLength(2)
  })

  test('fails in the middle of the way, after what was had', async () => {
    const pages = inTurn([[1, 2], [3]])
    let asked = 0
    const { admin } = adminAnswered(() => {
      asked += 1
      return asked === 2 ? json({ msg: 'limit', code: -10 }, 429) : pages()
    })

    const ids: string[] = []
    const walk = async () => {
      for await (const id of admin.allUserIds()) ids.push(id)
    }
    expect(await thrownBy(walk())).toMatchObject({ kakaoCode: -10 })
    expect(ids).toEqual(['1', '2'])
  })
})

async function collect(ids: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = []
  for await (const id of ids) collected.push(id)
  return collected
}

/** Pages of ids, each naming its own last as the start of the next. */
function inTurn(pages: readonly (readonly number[])[]): Answer {
  const left = [...pages]
  return () => {
    const elements = left.shift() ?? []
    const after_url = left.length > 0 ? `${NEXT}${elements.at(-1)}` : null
    return json({ elements, before_url: null, after_url })
  }
}

function adminAnswered(answer: Answer) {
  const { client, sent } = clientAnswered(answer)
  return { admin: client.asAdmin('admin-1'), sent }
}
