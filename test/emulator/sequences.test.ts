import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL_COMMANDS } from './_support/kakao-commands.ts'
import { createModel, createTwoApps } from './_support/kakao-model.ts'

/** The same sequences every time; a failure shows the shortest that fails. */
const RUNS = { seed: 20_260_101, numRuns: 400 }

test('no sequence of calls makes the emulator fail, mix two apps up, take a code twice or honour a token that has ended', async () => {
  let redeemed = 0
  const property = fc.asyncProperty(
    fc.commands(ALL_COMMANDS, { maxCommands: 40, size: 'max' }),
    async (commands) => {
      const model = createModel()
      await fc.asyncModelRun(() => ({ model, real: createTwoApps() }), commands)
      redeemed += model.pairs.length
    },
  )
  await fc.assert(property, RUNS)

  // Else the sequences were too short to say anything.
  expect(redeemed).toBeGreaterThan(RUNS.numRuns)
})
