import { expect, test } from 'vitest'
import { parseLosslessJson } from '../../src/kakao/call/json.ts'

test.each([
  ['{"id":1376016924429759228}', { id: '1376016924429759228' }],
  ['[1376016924429759228 , -1376016924429759228]', ['1376016924429759228', '-1376016924429759228']],
  ['{"a":{"b":[1376016924429759228]}}', { a: { b: ['1376016924429759228'] } }],
  ['1376016924429759228', '1376016924429759228'],
])('the long integers of %s keep every digit', (text, value) => {
  expect(parseLosslessJson(text)).toEqual(value)
})

test.each([
  '{"id":3891047281,"ok":true,"none":null}',
  '{"text":"1376016924429759228"}',
  '{"text":"a \\" 1376016924429759228, b"}',
  '{"text":"\\\\","other":"1376016924429759228"}',
  '{"1376016924429759228":1}',
  '[0.1376016924429759228, 1.1376016924429759228]',
  '[1376016924429759.5, 1e5, 1E+00000000000000005]',
])('%s is read as JSON.parse would', (text) => {
  expect(parseLosslessJson(text)).toEqual(JSON.parse(text))
})

test.each(['', '{', '{"id":0001376016924429759228}', '<html>', '{"id":1376016924429759228'])(
  '"%s" is not JSON',
  (text) => {
    expect(() => parseLosslessJson(text)).toThrow(SyntaxError)
  },
)
