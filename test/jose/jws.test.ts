import { beforeAll, describe, expect, test } from 'vitest'
import {
  decodeJws,
  encodeBase64url,
  type FindKey,
  generateSigningKey,
  importVerifyKey,
  type SigningKey,
  signJws,
  verifyJws,
} from '../../src/jose/index.ts'

const CLAIMS = { sub: '1000000001', name: '김하늘' }

let signingKey: SigningKey
let findKey: FindKey
let token: string

beforeAll(async () => {
  signingKey = await generateSigningKey('k1')
  const verifyKey = await importVerifyKey({ ...signingKey.publicJwk })
  findKey = async (kid) => (kid === 'k1' ? verifyKey : undefined)
  token = await signJws(CLAIMS, signingKey)
})

describe('verifyJws', () => {
  test('what was signed comes back', async () => {
    const { header, claims } = await verifyJws(token, findKey)

    expect(header).toEqual({ alg: 'RS256', kid: 'k1', typ: 'JWT' })
    expect(claims).toEqual(CLAIMS)
  })

  test('a type asked for stands in the header', async () => {
    const { header } = await verifyJws(await signJws(CLAIMS, signingKey, 'at+jwt'), findKey)

    expect(header.typ).toBe('at+jwt')
  })

  test('altered claims are refused', async () => {
    const [head, , tail] = token.split('.')

    await expectRefusal(`${head}.${part({ sub: '1' })}.${tail}`, 'signature_invalid')
  })

  test('an altered header is refused', async () => {
    const [, body, tail] = token.split('.')
    const head = part({ alg: 'RS256', kid: 'k1', typ: 'at+jwt' })

    await expectRefusal(`${head}.${body}.${tail}`, 'signature_invalid')
  })

  test('the signature of another key is refused', async () => {
    const stranger = await signJws(CLAIMS, await generateSigningKey('k1'))

    await expectRefusal(stranger, 'signature_invalid')
  })

  test('an empty signature is refused', async () => {
    await expectRefusal(unsigned({ alg: 'RS256', kid: 'k1' }), 'signature_invalid')
  })

  test.each(['none', 'None', 'HS256', 'rs256', 'RS512', 'PS256', ''])(
    'the algorithm "%s" is refused before any key is looked for',
    async (alg) => {
      const fail: FindKey = () => Promise.reject(new Error('a key was looked for'))

      await expect(verifyJws(unsigned({ alg, kid: 'k1' }), fail)).rejects.toMatchObject({
        code: 'algorithm_not_allowed',
      })
    },
  )

  test('a name that no key has is refused', async () => {
    await expectRefusal(await signJws(CLAIMS, { ...signingKey, kid: 'k2' }), 'key_unknown')
  })

  test('a token that names no key is refused', async () => {
    await expectRefusal(unsigned({ alg: 'RS256' }), 'key_unknown')
  })

  test('a critical extension is refused', async () => {
    await expectRefusal(unsigned({ alg: 'RS256', kid: 'k1', crit: ['b64'] }), 'malformed')
  })

  test('a failure to look for the key comes through as it is', async () => {
    const failure = new Error('no network')

    await expect(verifyJws(token, () => Promise.reject(failure))).rejects.toBe(failure)
  })

  test('no message repeats the token', async () => {
    const secret = part({ password: 'hunter2' })
    const error: unknown = await verifyJws(`${secret}.${secret}`, findKey).catch((e: unknown) => e)

    expect(String(error)).not.toContain(secret)
  })
})

describe('decodeJws', () => {
  const head = part({ alg: 'RS256' })

  test.each([
    ['nothing', ''],
    ['two parts', `${head}.${part({})}`],
    ['four parts', `${head}.${part({})}.AA.AA`],
    ['a header that is not base64url', `***.${part({})}.AA`],
    ['a header that is not JSON', `${text('hello')}.${part({})}.AA`],
    ['a header without algorithm', `${part({ kid: 'k1' })}.${part({})}.AA`],
    ['a key name that is no text', `${part({ alg: 'RS256', kid: 1 })}.${part({})}.AA`],
    ['a type that is no text', `${part({ alg: 'RS256', typ: ['JWT'] })}.${part({})}.AA`],
    ['claims that are a list', `${head}.${text('[]')}.AA`],
    ['claims that are null', `${head}.${text('null')}.AA`],
    ['claims that are not UTF-8', `${head}.${encodeBase64url(new Uint8Array([0xff]))}.AA`],
    ['a padded signature', `${head}.${part({})}.AA==`],
  ])('%s is malformed', (_, broken) => {
    expect(() => decodeJws(broken)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})

async function expectRefusal(broken: string, code: string): Promise<void> {
  await expect(verifyJws(broken, findKey)).rejects.toMatchObject({ name: 'JoseError', code })
}

function unsigned(header: object): string {
  return `${part(header)}.${part(CLAIMS)}.`
}

function part(value: object): string {
  return text(JSON.stringify(value))
}

function text(value: string): string {
  return encodeBase64url(new TextEncoder().encode(value))
}
