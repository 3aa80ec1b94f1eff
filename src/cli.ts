#!/usr/bin/env node
import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'

/** Of the package itself: whoever may write there may change what we run anyhow. */
const COMPILED = join(import.meta.dirname, '../node_modules/.cache/daemun')
/** By then a server has run what its next start will; V8 forgets in time what runs no more. */
const KEEP_AFTER_MS = 5000

// Before all else is loaded. Where that folder cannot be written, all is compiled at each start.
enableCompileCache(COMPILED)
setTimeout(flushCompileCache, KEEP_AFTER_MS).unref()

const { main } = await import('./cli/main.ts')
await main()
