/** `npm run bench -- NAME… [--short] [--built]`: see README.md. */
import { parseArgs } from 'node:util'
import { build } from '../tools/build.ts'
import { moveTo } from './_support/cpus.ts'
import { removeFolders } from './_support/folders.ts'
import { stopAll } from './_support/processes.ts'
import { type Benchmark, print, printMachine, printReport } from './_support/report.ts'

const BENCHMARKS: Readonly<Record<string, () => Promise<{ run: Benchmark }>>> = {
  check: () => import('./check.ts'),
  login: () => import('./login.ts'),
  instances: () => import('./instances.ts'),
  'slow-connections': () => import('./slow-connections.ts'),
  soak: () => import('./soak.ts'),
  'large-store': () => import('./large-store.ts'),
  'cold-start': () => import('./cold-start.ts'),
  revocation: () => import('./revocation.ts'),
  'postgres-return': () => import('./postgres-return.ts'),
}

const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    built: { type: 'boolean', default: false },
  },
})
const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name))
if (names.length === 0 || unknown.length > 0) {
  print(`npm run bench -- NAME… [--short] [--built]\nNAME: ${Object.keys(BENCHMARKS).join(', ')}\n`)
  process.exit(2)
}

if (!values.built) await build()
for (const name of names) {
  await moveTo('1')
  printMachine()
  try {
    const benchmark = await BENCHMARKS[name]?.()
    const pick = <T>(full: T, short: T) => (values.short ? short : full)
    for (const report of (await benchmark?.run({ pick })) ?? []) printReport(report)
  } finally {
    await stopAll()
    await removeFolders()
  }
}
