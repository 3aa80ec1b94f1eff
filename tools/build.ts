import { chmod, cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle } from './bundle.ts'
import { ROOT, run } from './run.ts'

const DIST = join(ROOT, 'dist')
const PRETENDARD = join(ROOT, 'node_modules/pretendard/dist')
const FONTS = join(PRETENDARD, 'web/static/woff2-subset')

/** Makes `dist/`: JavaScript, types, and the fonts of the pages with their licence. */
export async function build(): Promise<void> {
  await rm(DIST, { recursive: true, force: true })
  await run('tsc', ['--project', 'tsconfig.build.json'])
  await bundle(DIST)
  await chmod(join(DIST, 'cli.js'), 0o755)

  const assets = join(DIST, 'assets')
  await mkdir(assets)
  await cp(join(FONTS, 'Pretendard-Regular.subset.woff2'), join(assets, 'pretendard-regular.woff2'))
  await cp(
    join(FONTS, 'Pretendard-SemiBold.subset.woff2'),
    join(assets, 'pretendard-semibold.woff2'),
  )
  await cp(join(PRETENDARD, 'LICENSE.txt'), join(assets, 'pretendard-license.txt'))
}

if (import.meta.main) await build()
