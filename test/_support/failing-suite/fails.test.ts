import { expect, test } from 'vitest'

test('this one fails, so that its run can be seen to fail', () => {
  expect('a failed run').toBe('noticed')
})
