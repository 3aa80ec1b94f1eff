import { describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../src/jose/index.ts'
import type { KakaoKeySet } from '../../src/kakao/index.ts'
import { type Answer, clientAnswered, json, NOON, thrownBy } from './_support/fake-kakao.ts'
import { jwkSet, KEY } from './_support/signing.ts'

const OTHER_KEY = await generateSigningKey('key-2')
const DOWN: Answer = () => json('', 502)
const WITH_KEY: Answer = () => json(jwkSet(KEY))
const WITH_BOTH: Answer = () => json(jwkSet(KEY, OTHER_KEY))

describe('a cold key set', () => {
  test('is fetched once for all who ask at the same time', async () => {
    const { keys, sent } = scene(WITH_BOTH)

    const [one, two, none] = await Promise.all(
      ['key-1', 'key-2', 'key-9'].map((kid) => keys.findKey(kid)),
    )

    expect(sent.map(({ url }) => url.href)).toEqual([
      'https://kauth.kakao.com/.well-known/jwks.json',
    ])
    expect(one).toBeDefined()
    expect(two).toBeDefined()
    expect(none).toBeUndefined()
  })

  test.each([
    ['a failure', DOWN],
    ['HTML', () => new Response('<html></html>')],
    ['no list of keys', () => json({ keys: 'none' })],
    ['an empty list', () => json({ keys: [] })],
    ['no key that signs', () => json({ keys: [{ ...KEY.publicJwk, use: 'enc' }] })],
  ])('with %s is unavailable, and asks again the next time', async (_, answer) => {
    const { keys, sent, answerWith } = scene(answer)

    expect(await thrownBy(keys.findKey('key-1'))).toMatchObject({ name: 'KakaoUnavailableError' })

    answerWith(WITH_KEY)
    expect(await keys.findKey('key-1')).toBeDefined()
    expect(sent).toHaveLength(2)
  })

  test('passes over entries of other uses, and reports a broken one', async () => {
    const { keys, errors } = scene(() =>
      json({
        keys: [
          null,
          'key',
          { kty: 'EC', kid: 'ec' },
          { ...KEY.publicJwk, kid: 7 },
          { ...OTHER_KEY.publicJwk, n: 'AQAB' },
          KEY.publicJwk,
        ],
      }),
    )

    expect(await keys.findKey('key-1')).toBeDefined()
    expect(errors).toMatchObject([{ code: 'key_unusable' }])
  })

  test('warmed in advance needs no call later', async () => {
    const { keys, sent } = scene(WITH_KEY)

    await keys.warm()
    await keys.warm()
    await keys.findKey('key-1')

    expect(sent).toHaveLength(1)
  })

  test('that cannot be warmed says so', async () => {
    expect(await thrownBy(scene(DOWN).keys.warm())).toMatchObject({ reason: 'status' })
  })
})

describe('a warm key set', () => {
  test('is not fetched again within the hour, its keys imported once', async () => {
    const { keys, sent, advance } = scene(WITH_KEY)
    const key = await keys.findKey('key-1')

    advance(3599)

    expect(await keys.findKey('key-1')).toBe(key)
    expect(sent).toHaveLength(1)
  })

  test('goes on serving after the hour while one flight fetches a new one', async () => {
    const { keys, sent, advance, answerWith } = scene(WITH_KEY)
    await keys.warm()
    advance(3600)
    answerWith(WITH_BOTH)

    const served = await Promise.all([keys.findKey('key-1'), keys.findKey('key-1')])

    expect(served).not.toContain(undefined)
    expect(sent).toHaveLength(2)
    expect(await keys.findKey('key-2')).toBeDefined()
    expect(sent).toHaveLength(2)
  })

  test('does not make callers wait for the refresh', async () => {
    const { keys, advance, answerWith } = scene(WITH_KEY)
    await keys.warm()
    advance(3600)
    answerWith(() => new Promise(() => undefined))

    expect(await keys.findKey('key-1')).toBeDefined()
  })

  test('survives a failed refresh, reports it, and waits before the next', async () => {
    const { keys, sent, errors, advance, answerWith } = scene(WITH_KEY)
    await keys.warm()
    advance(3600)
    answerWith(DOWN)

    await keys.findKey('key-1')
    await expect.poll(() => errors).toMatchObject([{ reason: 'status' }])
    expect(await keys.findKey('key-1')).toBeDefined()
    expect(sent).toHaveLength(2)

    advance(10)
    await keys.findKey('key-1')
    expect(sent).toHaveLength(3)
  })

  test('is not replaced by a broken one', async () => {
    const { keys, errors, advance, answerWith } = scene(WITH_KEY)
    await keys.warm()
    advance(3600)
    answerWith(() => json({ keys: [{ ...KEY.publicJwk, n: undefined }] }))

    await keys.findKey('key-1')
    await expect.poll(() => errors).toHaveLength(2)

    expect(await keys.findKey('key-1')).toBeDefined()
  })

  test('forgets a key that Kakao no longer publishes', async () => {
    const { keys, advance, answerWith } = scene(WITH_BOTH)
    await keys.warm()
    advance(3600)
    answerWith(WITH_KEY)

    await keys.warm()

    expect(await keys.findKey('key-2')).toBeUndefined()
  })
})

describe('an unknown key', () => {
  test('is looked for once and found after a rotation', async () => {
    const { keys, sent, answerWith } = scene(WITH_KEY)
    await keys.warm()
    answerWith(WITH_BOTH)

    const found = await Promise.all([keys.findKey('key-2'), keys.findKey('key-2')])

    expect(found).not.toContain(undefined)
    expect(sent).toHaveLength(2)
  })

  test('that is not there is not looked for again for ten seconds', async () => {
    const { keys, sent, advance } = scene(WITH_KEY)
    await keys.warm()

    expect(await keys.findKey('key-8')).toBeUndefined()
    advance(9)
    expect(await keys.findKey('key-9')).toBeUndefined()
    expect(sent).toHaveLength(2)

    advance(1)
    await keys.findKey('key-9')
    expect(sent).toHaveLength(3)
  })

  test('is not called unknown to who must be certain, unless it was asked about', async () => {
    const { keys, sent } = scene(WITH_KEY)
    await keys.warm()

    expect(await keys.findKey('key-8', { isCertain: true })).toBeUndefined()
    expect(await thrownBy(keys.findKey('key-9', { isCertain: true }))).toMatchObject({
      name: 'KakaoUnavailableError',
      reason: 'cool_down',
    })
    expect(sent).toHaveLength(2)
  })

  test('that could not be looked for is not called unknown', async () => {
    const { keys, sent, answerWith } = scene(WITH_KEY)
    await keys.warm()
    answerWith(DOWN)

    expect(await thrownBy(keys.findKey('key-2'))).toMatchObject({ reason: 'status' })
    expect(await thrownBy(keys.findKey('key-2'))).toMatchObject({ reason: 'status' })
    expect(sent).toHaveLength(2)
  })

  test('is unknown again once the keys could be had after all', async () => {
    const { keys, advance, answerWith } = scene(WITH_KEY)
    await keys.warm()
    advance(3600)
    answerWith(DOWN)
    await thrownBy(keys.findKey('key-9'))

    answerWith(WITH_KEY)
    await keys.warm()

    expect(await keys.findKey('key-9')).toBeUndefined()
  })

  test('does not keep the others from working while Kakao is down', async () => {
    const { keys, answerWith } = scene(WITH_KEY)
    await keys.warm()
    answerWith(DOWN)
    await thrownBy(keys.findKey('key-2'))

    expect(await keys.findKey('key-1')).toBeDefined()
  })
})

test('one caller who gives up does not end the flight of another', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { keys, sent } = scene(() => promise)
  const caller = new AbortController()

  const impatient = keys.findKey('key-1', { signal: caller.signal })
  const patient = keys.findKey('key-1')
  caller.abort()
  expect(await thrownBy(impatient)).toMatchObject({ reason: 'aborted' })

  resolve(json(jwkSet(KEY)))
  expect(await patient).toBeDefined()
  expect(sent).toHaveLength(1)
})

test('the flight that every caller gave up is still of use', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { keys, sent } = scene(() => promise)
  const caller = new AbortController()

  const given = keys.findKey('key-1', { signal: caller.signal })
  caller.abort()
  await thrownBy(given)
  resolve(json(jwkSet(KEY)))

  expect(await keys.findKey('key-1')).toBeDefined()
  expect(sent).toHaveLength(1)
})

test.each<[string, (keys: KakaoKeySet) => Promise<unknown>]>([
  ['findKey', (keys) => keys.findKey('key-1', { timeoutMs: 5 })],
  ['warm', (keys) => keys.warm({ timeoutMs: 5 })],
])('%s ends at the deadline of the call', async (_, ask) => {
  const { client } = clientAnswered(() => new Promise(() => undefined), { timeoutMs: 600_000 })
  expect(await thrownBy(ask(client.keys))).toMatchObject({ reason: 'timeout' })
})

/** A key set with a clock to advance, and answers to change. */
function scene(first: Answer) {
  let answer = first
  let seconds = 0
  const errors: Error[] = []
  const { client, sent } = clientAnswered(() => answer(), {
    now: () => new Date(NOON.getTime() + seconds * 1000),
    onError: (error) => errors.push(error),
  })

  return {
    keys: client.keys,
    sent,
    errors,
    answerWith(next: Answer) {
      answer = next
    },
    advance(by: number) {
      seconds += by
    },
  }
}
