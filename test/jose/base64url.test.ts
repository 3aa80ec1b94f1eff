import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../../src/jose/index.ts'

test('every byte survives the way there and back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)

  expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes)
})

test.each([0, 1, 2, 3, 31, 32, 33, 256, 1000])(
  '%i bytes are written as others write them',
  (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 151 + 7) % 256)

    const text = encodeBase64url(bytes)
    expect(text).toBe(Buffer.from(bytes).toString('base64url'))
    expect(decodeBase64url(text)).toEqual(bytes)
  },
)

test('a view into a larger buffer is encoded alone', () => {
  const bytes = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4)

  expect(encodeBase64url(bytes)).toBe('AQID')
})

test.each([
  ['padding', 'AQ=='],
  ['the standard alphabet', '+/+/'],
  ['stray bits at the end', 'AR'],
  ['white space', 'AQ ID'],
  ['another script', 'AQ한D'],
  ['a letter that only looks like one', 'AQÁD'],
  ['a length that no bytes have', 'AQIDA'],
])('%s is refused', (_, text) => {
  expect(decodeBase64url(text)).toBeUndefined()
})
