import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'interop/**/*.test.ts'],
    exclude: ['test/_support/**', '**/node_modules/**'],
    // What is slow on a busy machine is not broken; what hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Some wait, for processes and databases: none is kept back for them.
    maxWorkers: availableParallelism(),
    globalSetup: [
      'test/_support/postgres-server.ts',
      'test/_support/figures-printer.ts',
      'test/_support/compile-cache.ts',
    ],
  },
})
