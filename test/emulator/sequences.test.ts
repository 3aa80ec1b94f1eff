import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NONSENSE } from './_support/garbage-command.ts'
import { CHECKS, checkWebhooks } from './_support/kakao-checks.ts'
import { DEEDS } from './_support/kakao-commands.ts'
import { createModel, createTwoApps } from './_support/kakao-model.ts'

/** The same sequences every time; a failure shows the shortest that fails. */
const RUNS = { seed: 20_260_101, numRuns: 300 }

test('no sequence of calls makes the emulator fail, mix two apps up, take a code twice, honour a token that has ended, or send a webhook amiss', async () => {
  let redeemed = 0
  const property = fc.asyncProperty(
    fc.commands([...DEEDS, ...DEEDS, ...CHECKS, ...NONSENSE], { maxCommands: 60, size: 'max' }),
    async (commands) => {
      const model = createModel()
      const real = createTwoApps(model)
      await fc.asyncModelRun(() => ({ model, real }), commands)
      await checkWebhooks(model, real)
      redeemed += model.pairs.length
    },
  )
  await fc.assert(property, RUNS)

  // Else the sequences were too short to say anything.
  expect(redeemed).toBeGreaterThan(RUNS.numRuns)
})
