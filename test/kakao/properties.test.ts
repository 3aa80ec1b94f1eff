import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseLosslessJson } from '../../src/kakao/call/json.ts'
import {
  type CallOptions,
  createKakaoClient,
  KAKAO_ENDPOINTS,
  type KakaoClientCall,
  KakaoError,
} from '../../src/kakao/index.ts'
import { CLIENT_CALLS } from './_support/client-calls.ts'
import { clientAnswered, json, NOON } from './_support/fake-kakao.ts'
import { SAMPLES } from './_support/samples.ts'

const RUNS = { seed: 20_260_101, numRuns: 300 }

/** Ids of Kakao: up to 2^63. */
const anyId = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String)

/** JSON as Kakao writes it, long integers among the rest, and what should be read. */
const { tree: anyJson } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.boolean(), fc.constant(null), fc.double()).map(plain),
    fc.string({ unit: 'binary' }).map((text) => plain(text.toWellFormed())),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(long),
    fc.array(tie('tree'), { maxLength: 4 }).map(list),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }).map(object),
  ),
}))

interface Json {
  readonly text: string
  readonly value: unknown
}

function plain(value: unknown): Json {
  return read(JSON.stringify(value))
}

function long(integer: bigint): Json {
  return read(String(integer))
}

/** From sixteen digits on a double may lose some. */
function read(text: string): Json {
  return { text, value: /^-?\d{16,}$/.test(text) ? text : (JSON.parse(text) as unknown) }
}

function list(items: readonly Json[]): Json {
  const text = `[${items.map((item) => item.text).join(' , ')}]`
  return { text, value: items.map(({ value }) => value) }
}

function object(members: Readonly<Record<string, Json>>): Json {
  const entries = Object.entries(members)
  const text = entries.map(([name, { text }]) => `${JSON.stringify(name)} : ${text}`).join(',\n')
  return {
    text: `{${text}}`,
    value: Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
  }
}

test('whatever JSON comes, no digit of a whole number is lost, and all else is read as ever', () => {
  fc.assert(
    fc.property(anyJson, ({ text, value }) => {
      expect(parseLosslessJson(text)).toEqual(value)
    }),
    RUNS,
  )
})

test('an id goes out and comes back digit by digit', async () => {
  await fc.assert(
    fc.asyncProperty(anyId, async (id) => {
      const { client, sent } = clientAnswered(() =>
        json(`{"id":${id},"user_id":${id},"app_id":${id},"sub":"${id}","elements":[${id}]}`),
      )
      const admin = client.asAdmin('admin-1')

      expect((await admin.user(id).getMe()).id).toBe(id)
      expect((await client.asUser('at-1').getAccessTokenInfo()).appId).toBe(id)
      expect((await client.asUser('at-1').getShippingAddresses({ addressId: id })).userId).toBe(id)
      expect((await client.asUser('at-1').getUserInfo()).subject).toBe(id)
      expect((await admin.listUserIds({ fromId: id })).ids).toEqual([id])
      await admin.listUsers([id, id]).catch(() => undefined)

      const queries = sent.map(({ url }) => url.searchParams)
      expect(queries[0]?.get('target_id')).toBe(id)
      expect(queries[2]?.get('address_id')).toBe(id)
      expect(queries[4]?.get('from_id')).toBe(id)
      expect(queries[5]?.get('target_ids')).toBe(`[${id},${id}]`)
    }),
    RUNS,
  )
})

/** Calls that get an answer, each with one that it can use. */
const ANSWERED = KAKAO_ENDPOINTS.filter(({ auth }) => !auth.includes('browser')).flatMap(
  ({ name, calls }) => calls.map((call) => ({ call, samples: SAMPLES[name] ?? [] })),
)

/** A value somewhere in a sample replaced by any other. */
function disturb(sample: unknown, path: readonly number[], by: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined || typeof sample !== 'object' || sample === null) return by
  const entries = Object.entries(sample)
  const place = step % Math.max(entries.length, 1)
  const changed = entries.map(([name, value], index) =>
    index === place ? [name, disturb(value, rest, by)] : [name, value],
  )
  if (Array.isArray(sample)) return changed.map(([, value]) => value)
  return Object.fromEntries(changed)
}

const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(1e300, -1e300, 1e15, -1, '9'.repeat(15), '9'.repeat(40), '', 'https://', {}, []),
)

/** Everything in a result that only looks like a value. */
function findBroken(value: unknown): unknown[] {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? [value] : []
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(findBroken)
}

describe.each(ANSWERED)('whatever answers $call', ({ call, samples }) => {
  test('it gives what its type says, or throws an error of ours', async () => {
    const anyBody = fc
      .tuple(fc.constantFrom(...samples), fc.array(fc.nat(9), { maxLength: 4 }), anyValue)
      .map(([sample, path, by]) => disturb(sample, path, by))
    const anyStatus = fc.oneof(
      { weight: 3, arbitrary: fc.constant(200) },
      fc.constantFrom(400, 503),
    )

    await fc.assert(
      fc.asyncProperty(anyBody, anyStatus, async (body, status) => {
        const { client } = clientAnswered(() => json(body, status))
        const outcome = await outcomeOf(call, client)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(KakaoError)
        else expect(findBroken(outcome)).toEqual([])
      }),
      { ...RUNS, numRuns: 100 },
    )
  })
})

test('whenever a caller gives up, the call ends then, and nothing fails behind anybody', async () => {
  const anyCall = fc.constantFrom(...ANSWERED)
  await fc.assert(
    fc.asyncProperty(
      anyCall,
      fc.nat(8),
      fc.nat(8),
      fc.boolean(),
      async (one, answersAfter, givesUpAfter, fails) => {
        const caller = new AbortController()
        const client = createKakaoClient({
          restApiKey: 'rest-key',
          now: () => NOON,
          sleep: () => ticks(1),
          async fetch(_, init) {
            await ticks(answersAfter)
            init?.signal?.throwIfAborted()
            if (fails) throw new TypeError('fetch failed')
            return json(one.samples[0])
          },
        })
        const made = outcomeOf(one.call, client, { signal: caller.signal })
        await ticks(givesUpAfter)
        caller.abort()
        // It would never settle if it waited for anything further.
        await made
        await ticks(20)
      },
    ),
    RUNS,
  )
})

async function outcomeOf(
  call: KakaoClientCall,
  client: ReturnType<typeof createKakaoClient>,
  options?: CallOptions,
): Promise<unknown> {
  try {
    return await CLIENT_CALLS[call](client, options)
  } catch (error) {
    return error
  }
}

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await Promise.resolve()
}
