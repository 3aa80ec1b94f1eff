import { rm } from 'node:fs/promises'
import { pack } from './pack.ts'
import { run } from './run.ts'

// What would be published is whole: every entry exists, and its types are found.
const { folder, tarball } = await pack()
try {
  await run('publint', ['run', '--strict', tarball])
  await run('attw', ['--profile', 'esm-only', tarball])
  process.stdout.write('package: publint and are-the-types-wrong find nothing\n')
} finally {
  await rm(folder, { recursive: true })
}
