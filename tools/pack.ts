import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'
import { run } from './run.ts'

/** Builds and packs what would be published. @returns A new folder and the tarball in it. */
export async function pack(): Promise<{ folder: string; tarball: string }> {
  await build()
  const folder = await mkdtemp(join(tmpdir(), 'daemun-package-'))
  const output = await run('npm', ['pack', '--json', '--pack-destination', folder])
  const [packed] = JSON.parse(output) as { filename: string }[]
  if (packed === undefined) throw new Error('npm pack named no file')
  return { folder, tarball: join(folder, packed.filename) }
}
