#!/usr/bin/env node
import module from 'node:module'
import { join } from 'node:path'

/** The oldest that `engines` of package.json admits. Nothing else may be loaded before: an older one cannot. */
const [OLDEST_MAJOR, OLDEST_MINOR] = [22, 16]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST_MAJOR || (major === OLDEST_MAJOR && minor < OLDEST_MINOR)) {
  process.stderr.write(
    `daemun: needs Node ${OLDEST_MAJOR}.${OLDEST_MINOR} or later, and this is ${process.version}\n`,
  )
  process.exit(2)
}

/** Of the package itself: whoever may write there may change what we run anyhow. */
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/daemun')
/** By then a server has run what its next start will; V8 forgets in time what runs no more. */
const KEEP_AFTER_MS = 5000

// Before all else is loaded. Where that folder cannot be written, all is compiled at each start.
module.enableCompileCache(COMPILED)
setTimeout(module.flushCompileCache, KEEP_AFTER_MS).unref()

const { main } = await import('./cli/main.ts')
await main()
