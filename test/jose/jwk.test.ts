import { beforeAll, describe, expect, test } from 'vitest'
import {
  decodeBase64url,
  encodeBase64url,
  generateSigningKey,
  importVerifyKey,
  type PublicJwk,
} from '../../src/jose/index.ts'

let jwk: PublicJwk

beforeAll(async () => {
  jwk = (await generateSigningKey('k1')).publicJwk
})

describe('generateSigningKey', () => {
  test('publishes no private part', () => {
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })
})

describe('importVerifyKey', () => {
  test('the key of RFC 7515, appendix A.2, verifies its signature', async () => {
    const key = await importVerifyKey({ kty: 'RSA', n: RFC_MODULUS, e: 'AQAB' })
    const signature = decodeBase64url(RFC_SIGNATURE)
    if (key === undefined || signature === undefined) throw new Error('the vector is broken')

    const input = new TextEncoder().encode(RFC_SIGNING_INPUT)
    expect(await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, input)).toBe(true)
  })

  test('an entry that names neither algorithm nor use is taken for RS256', async () => {
    const { kty, n, e } = jwk

    expect(await importVerifyKey({ kty, n, e })).toBeDefined()
  })

  test.each([
    ['kty', 'EC'],
    ['alg', 'RS512'],
    ['use', 'enc'],
  ])('an entry with another %s is passed over', async (member, value) => {
    expect(await importVerifyKey({ ...jwk, [member]: value })).toBeUndefined()
  })

  test.each([
    ['a missing modulus', { n: undefined }],
    ['a missing exponent', { e: undefined }],
    ['a modulus that is not base64url', { n: '***' }],
  ])('%s is unusable', async (_, change) => {
    await expect(importVerifyKey({ ...jwk, ...change })).rejects.toMatchObject({
      code: 'key_unusable',
    })
  })

  test('a modulus under 2048 bits is unusable', async () => {
    await expect(importVerifyKey({ ...jwk, n: await shortModulus() })).rejects.toMatchObject({
      code: 'key_unusable',
    })
  })

  test('zeros before a short modulus do not lengthen it', async () => {
    const short = decodeBase64url(await shortModulus()) ?? new Uint8Array()
    const padded = encodeBase64url(new Uint8Array([...new Uint8Array(200), ...short]))

    await expect(importVerifyKey({ ...jwk, n: padded })).rejects.toMatchObject({
      code: 'key_unusable',
    })
  })
})

async function shortModulus(): Promise<string> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  )
  const { n } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return n ?? ''
}

const RFC_MODULUS =
  'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp' +
  '-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW' +
  'vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs' +
  'LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k' +
  'G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2' +
  'PAcDTW9gb54h4FRWyuXpoQ'
const RFC_SIGNING_INPUT =
  'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAs' +
  'DQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
const RFC_SIGNATURE =
  'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7' +
  'AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4' +
  'BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K' +
  '0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv' +
  'hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB' +
  'p0igcN_IoypGlUPQGe77Rw'
