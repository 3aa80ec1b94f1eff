import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { gatherLicences } from './licences.ts'
import { ROOT } from './run.ts'

/** What `exports` and `bin` of the package name, and where each begins. */
const ENTRIES = {
  cli: 'src/cli.ts',
  index: 'src/index.ts',
  'kakao/index': 'src/kakao/index.ts',
  'emulator/index': 'src/emulator/index.ts',
  'verify/index': 'src/verify/index.ts',
}

/**
 * Dependencies that every server needs from its first answer on. They go into our own files, since
 * hundreds of small ones would take most of a cold start. They stay dependencies, since our types name
 * theirs. All others are loaded where they are used.
 */
const BUNDLED = ['@hono/node-server', 'bowser', 'hono', 'kysely', 'lru-cache', 'pino']

/**
 * Writes JavaScript for the entries: few files, of which each entry and each command loads no more
 * than it needs, and beside them the licences of what is in them.
 */
export async function bundle(folder: string): Promise<void> {
  const build = await rolldown({
    cwd: ROOT,
    input: ENTRIES,
    platform: 'node',
    external: isLeftOut,
    onLog(level, { message }) {
      if (level === 'warn') throw new Error(message)
    },
  })
  const { output } = await build.write({
    dir: folder,
    // As far below the package as the source, for what is found by its place.
    chunkFileNames: 'parts/[name]-[hash].js',
    comments: false,
  })
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
  await writeFile(join(folder, 'third-party-licences.txt'), await gatherLicences(modules))
}

/** Whether an import stays one. */
function isLeftOut(specifier: string, importer: string | undefined): boolean {
  const isOurs = importer !== undefined && !importer.includes('node_modules')
  const isPackage = !specifier.startsWith('.') && !specifier.startsWith('/')
  return isOurs && isPackage && !BUNDLED.includes(toPackage(specifier))
}

/** `@scope/name/path` -> `@scope/name` */
function toPackage(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
