import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from '../../src/jose/index.ts'
import { createSealer } from '../../src/jose/seal.ts'

const TEXT = '대문 daemun'

test('what was sealed opens', () => {
  const sealer = sealerWith('secret-1')

  expect(sealer.open(sealer.seal(TEXT))).toBe(TEXT)
})

test('an empty text opens too', () => {
  const sealer = sealerWith('secret-1')

  expect(sealer.open(sealer.seal(''))).toBe('')
})

test('the text cannot be read from the seal', () => {
  const bytes = decodeBase64url(sealerWith('secret-1').seal(TEXT)) ?? new Uint8Array()

  expect(Buffer.from(bytes).includes('daemun')).toBe(false)
})

test('the same text is sealed differently each time', () => {
  const sealer = sealerWith('secret-1')

  expect(sealer.seal(TEXT)).not.toBe(sealer.seal(TEXT))
})

test('another secret does not open it', () => {
  expect(sealerWith('secret-2').open(sealerWith('secret-1').seal(TEXT))).toBeUndefined()
})

test('another purpose does not open it', () => {
  const sealed = sealerWith('secret-1').seal(TEXT)

  expect(createSealer({ ...options('secret-1'), purpose: 'other' }).open(sealed)).toBeUndefined()
})

test('during a rotation the old secret still opens and the new one seals', () => {
  const old = sealerWith('secret-1')
  const rotating = sealerWith('secret-2', 'secret-1')

  expect(rotating.open(old.seal(TEXT))).toBe(TEXT)
  expect(sealerWith('secret-2').open(rotating.seal(TEXT))).toBe(TEXT)
  expect(old.open(rotating.seal(TEXT))).toBeUndefined()
})

test.each([
  ['key id', 0],
  ['last byte of the key id', 3],
  ['IV', 4],
  ['last byte of the IV', 15],
  ['tag', 16],
  ['last byte of the tag', 31],
  ['ciphertext', 32],
  ['end of the ciphertext', -1],
])('one bit altered in the %s keeps it shut', (_, index) => {
  const sealer = sealerWith('secret-1')
  const bytes = decodeBase64url(sealer.seal(TEXT)) ?? new Uint8Array()
  const at = index < 0 ? bytes.length + index : index
  const altered = bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

  expect(sealer.open(encodeBase64url(altered))).toBeUndefined()
})

test.each(['', 'AAAA', '***', 'A'.repeat(100)])('what is no seal ("%s") does not open', (text) => {
  expect(sealerWith('secret-1').open(text)).toBeUndefined()
})

test('a seal cut short does not open', () => {
  const sealer = sealerWith('secret-1')
  const bytes = decodeBase64url(sealer.seal(TEXT)) ?? new Uint8Array()

  for (let length = 0; length < bytes.length; length += 1) {
    expect(sealer.open(encodeBase64url(bytes.subarray(0, length)))).toBeUndefined()
  }
})

function sealerWith(first: string, ...others: string[]) {
  return createSealer(options(first, ...others))
}

function options(first: string, ...others: string[]) {
  let draws = 0
  return {
    secrets: [first, ...others] as const,
    purpose: 'test',
    randomBytes: (size: number) => {
      draws += 1
      return new Uint8Array(size).fill(draws)
    },
  }
}
