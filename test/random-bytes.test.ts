import { expect, test } from 'vitest'
import { createRandomBytes } from '../src/random-bytes.ts'

const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('gives as many bytes as asked for, never the same again', () => {
  const randomBytes = createRandomBytes()
  const sizes = [12, 16, 32, 5000, 4096, 1]

  const given = Array.from({ length: 2000 }, (_, index) => randomBytes(sizes[index % 5] ?? 12))

  expect(given.map(({ length }) => length)).toEqual(given.map((_, index) => sizes[index % 5]))
  expect(new Set(given.map(toHex)).size).toBe(given.length)
})

test('what was given out does not change, nor is it left anywhere', () => {
  const randomBytes = createRandomBytes()
  const first = randomBytes(32)
  const before = toHex(first)
  for (let turn = 0; turn < 1000; turn += 1) randomBytes(32)

  expect(toHex(first)).toBe(before)
  expect(first.buffer.byteLength).toBe(32)
})
