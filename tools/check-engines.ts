import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pack } from './pack.ts'
import { ROOT, run } from './run.ts'

/** The oldest that `engines` admits, the one that we develop on, and the newest. */
const VERSIONS = ['22.16.0', '24.21.0', '26.10.0']

// The published package, installed as a stranger would, logs a person in on each Node.
const { folder, tarball } = await pack()
try {
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await run('npm', ['install', '--no-audit', '--no-fund', tarball], folder)
  await cp(join(ROOT, 'tools/engines-smoke.mjs'), join(folder, 'smoke.mjs'))

  for (const version of VERSIONS) {
    const runtime = join(folder, `node-${version}`)
    await run('npm', ['install', '--no-audit', '--prefix', runtime, `node@${version}`], folder)
    const node = join(runtime, 'node_modules/node/bin/node')
    process.stdout.write(`engines: ${(await run(node, ['smoke.mjs'], folder)).trim()}\n`)
    await run(node, ['node_modules/daemun/dist/cli.js', '--version'], folder)
  }
} finally {
  await rm(folder, { recursive: true })
}
