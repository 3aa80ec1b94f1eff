import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const CLI = new URL('../../src/cli.ts', import.meta.url)
const OLDEST = manifest.engines.node.replace('>=', '')
const OLD = findOldNode()

/** A machine's own Node may be older than the one that `npm ci` brings along. */
function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = folders.map((folder) => join(folder, 'node')).find(isTooOld)
  if (found === undefined) {
    process.stderr.write(
      '\nSKIPPED: what an old Node is told was not tried: there is none here\n\n',
    )
  }
  return found
}

function isTooOld(node: string): boolean {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  const compare = new Intl.Collator('en', { numeric: true }).compare
  return status === 0 && compare(stdout.trim().slice(1), OLDEST) < 0
}

test.skipIf(OLD === undefined)(
  'a Node that is too old is told so in one line, whatever it is asked (skipped where there is none)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daemun-old-node-'))
    // As in the package: an old Node knows no types.
    const path = join(folder, 'cli.mjs')
    await writeFile(path, stripTypeScriptTypes(await readFile(CLI, 'utf8')))
    const { status, stdout, stderr } = spawnSync(OLD ?? '', [path, 'serve'], { encoding: 'utf8' })
    await rm(folder, { recursive: true })

    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/^daemun: needs Node [\d.]+ or later, and this is v[\d.]+\n$/)
    expect(stderr).toContain(` ${OLDEST} `)
  },
)
