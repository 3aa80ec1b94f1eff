import { describe, expect, test } from 'vitest'
import type { Schema } from '../../src/db/index.ts'
import { createDurableUrl, ENGINES, type TestEngine } from '../_support/engines.ts'
import { collectStatements } from './_support/collect-statements.ts'
import { driveFlows } from './_support/drive-flows.ts'
import { openExplain, type Plan } from './_support/explain.ts'
import { fillFast } from './_support/fill-fast.ts'

const ROWS = 100_000
/** These do not grow with the service: they are read as a whole. */
const SMALL: readonly (keyof Schema)[] = ['signing_keys', 'store_facts', 'migrations']
/** What is said about every row of a table has to go through every row. */
const OF_ALL_ROWS = /^delete from "\w+"$/
/** Of a machine with many other things to do. */
const LONGEST_MS = 240_000

describe.each(ENGINES)('statements at 100,000 rows on $name', { timeout: LONGEST_MS }, (engine) => {
  test('are carried by an index, whichever are made', async () => {
    const plans = await explainAll(engine)

    // Far fewer would mean that nobody listens any more.
    expect(plans.size).toBeGreaterThan(90)
    const scans = [...plans].filter(([, { scanned }]) => scanned.some(isLarge))
    expect(Object.fromEntries(scans)).toEqual({})
  })
})

async function explainAll(engine: TestEngine): Promise<Map<string, Plan>> {
  const url = await createDurableUrl(engine)
  const statements = await collectStatements(async () => await driveFlows(engine, url))
  await fillFast(url, { rows: ROWS, except: SMALL })

  const { explain, close } = await openExplain(url)
  const plans = new Map<string, Plan>()
  for (const statement of statements.filter(({ sql }) => !OF_ALL_ROWS.test(sql))) {
    plans.set(statement.sql, await explain(statement))
  }
  await close()
  return plans
}

function isLarge(table: string): boolean {
  return !SMALL.some((small) => small === table)
}
