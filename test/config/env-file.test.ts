import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEnvFile } from '../../src/config/env-file.ts'

function valuesOf(text: string): Record<string, string> {
  const { values, faults } = parseEnvFile(text)
  expect([...faults]).toEqual([])
  return Object.fromEntries(values)
}

test.each([
  ['A=1', '1'],
  ['  A = 1  ', '1'],
  ['export A=1', '1'],
  ['A=1 # one', '1'],
  ['A="1 # one" # two', '1 # one'],
  ["A='1'", '1'],
  ['A=`1`', '1'],
  ['A="it\'s"', "it's"],
  ['A="one\\ntwo"', 'one\ntwo'],
  ["A='one\\ntwo'", 'one\\ntwo'],
  ['A="one\ntwo"', 'one\ntwo'],
  ['A=a=b', 'a=b'],
  ['A=a"b', 'a"b'],
  ['A=1\nA=1', '1'],
  ['A=1\nA=', '1'],
  ['# A=2\n\n  # A=3\nA=1', '1'],
])('%j says %j', (line, value) => {
  expect(valuesOf(line)).toEqual({ A: value })
})

test.each(['', 'A=', 'A= ', 'A=""', 'A', 'export A', '# A=1', '\n\n'])(
  '%j says nothing',
  (line) => {
    expect(valuesOf(line)).toEqual({})
  },
)

test('blanks after an equals sign do not take the next line', () => {
  expect(valuesOf('A= \nB=2\nC=3')).toEqual({ B: '2', C: '3' })
})

describe('fault is found, by line, and the rest is read', () => {
  test.each([
    ['A=ab#cd', 'has a # in .env'],
    ['A=#cd', 'has a # in .env'],
    ['A="abc', 'has a quote in .env that nothing closes'],
    ['A="abc" def', 'has more after its closing quote'],
    ['A="a"b"', 'has more after its closing quote'],
    ['A: abc', 'is not written as NAME=value'],
    ['A abc', 'is not written as NAME=value'],
    ['$A = abc', 'is not written as NAME=value'],
    ['A=1\nA=2', 'has two values in .env'],
  ])('%j', (text, fault) => {
    const { values, faults } = parseEnvFile(`# first\nB=2\n${text}\nC=3`)
    const line = 3 + (text.split('\n').length - 1)

    expect([...faults.keys()]).toEqual(['A'])
    expect(faults.get('A')).toMatch(fault)
    expect(faults.get('A')).toContain(`(line ${line})`)
    expect(Object.fromEntries(values)).toMatchObject({ B: '2', C: '3' })
  })

  test('a quote closed by that of a later line takes nothing with it', () => {
    const { values, faults } = parseEnvFile('A="abc\nB=2\nC="3"')
    expect([...faults.keys()]).toEqual(['A'])
    expect(Object.fromEntries(values)).toMatchObject({ B: '2', C: '3' })
  })
})

test('what is written well is read as Node reads it', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,9}$/)
  const bare = fc.stringMatching(/^[A-Za-z0-9:/._-]{1,20}$/)
  const inside = fc.stringMatching(/^[A-Za-z0-9 #=$]{1,20}$/)
  const value = fc.oneof(
    bare,
    fc.tuple(fc.constantFrom('"', "'", '`'), inside).map(([quote, text]) => quote + text + quote),
  )
  const line = fc.tuple(
    fc.constantFrom('', 'export ', '  '),
    fc.constantFrom('=', ' = ', '= '),
    value,
    fc.constantFrom('', ' # more', '  '),
  )

  fc.assert(
    fc.property(fc.dictionary(name, line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const text = Object.entries(lines).map(
        ([key, [before, equals, text, after]]) => before + key + equals + text + after + end,
      )
      expect(valuesOf(text.join(''))).toEqual({ ...parseEnv(text.join('')) })
    }),
  )
})
