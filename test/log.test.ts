import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { LogLevel } from '../src/config/index.ts'
import { createJsonLogger } from '../src/log.ts'

function openLog(level: LogLevel = 'info') {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: createJsonLogger(level, stream), lines }
}

/** What is written of a thrown thing, without the stacks. */
function writtenOf(thrown: unknown): unknown {
  const { log, lines } = openLog()
  log.warn({ err: thrown }, 'failed')
  return JSON.parse(lines.join(''), (key, value) => (key === 'stack' ? undefined : value)).err
}

test('a line is JSON with level, time and message', () => {
  const { log, lines } = openLog()
  log.info({ url: 'http://localhost:8000' }, 'listening')

  expect(JSON.parse(lines.join(''))).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    url: 'http://localhost:8000',
    msg: 'listening',
  })
})

test('what is below the level is not written', () => {
  const { log, lines } = openLog('warn')
  log.info('quiet')
  log.warn('loud')
  expect(lines).toHaveLength(1)
})

describe('of what was thrown', () => {
  test('name, message, code and stack are written, and nothing that hangs on it', () => {
    const row = { email: 'haneul@example.com' }
    const error = Object.assign(new RangeError('duplicate key'), {
      code: '23505',
      detail: 'Key (email)=(haneul@example.com) already exists.',
      row,
    })
    expect(writtenOf(error)).toEqual({
      type: 'RangeError',
      message: 'duplicate key',
      code: '23505',
    })

    const { log, lines } = openLog()
    log.error({ err: error }, 'failed')
    expect(JSON.parse(lines.join('')).err.stack).toContain('log.test.ts')
    expect(lines.join('')).not.toContain('haneul')
  })

  test('causes are written so, and those of several', () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', address: '::1' })
    const cause = new AggregateError([refused], 'all failed')

    expect(writtenOf(new TypeError('fetch failed', { cause }))).toEqual({
      type: 'TypeError',
      message: 'fetch failed',
      cause: {
        type: 'AggregateError',
        message: 'all failed',
        errors: [{ type: 'Error', message: 'refused', code: 'ECONNREFUSED' }],
      },
    })
  })

  test('a circle of causes has an end', () => {
    const error = new Error('round')
    error.cause = error
    expect(JSON.stringify(writtenOf(error)).match(/round/g)).toHaveLength(6)
  })

  test.each([['a token'], [{ token: 'a token' }], [null], [42]])(
    '%j, which is no error, is not written',
    (thrown) => {
      expect(writtenOf(thrown)).toEqual({ type: typeof thrown, message: 'not an Error' })
    },
  )

  test('a code that is no text and no number is not written', () => {
    expect(writtenOf(Object.assign(new Error('odd'), { code: { token: 'a' } }))).toEqual({
      type: 'Error',
      message: 'odd',
    })
  })
})
