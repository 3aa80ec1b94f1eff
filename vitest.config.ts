import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** What is loaded for one file of these is loaded for all: they leave nothing behind. */
const TOGETHER = [
  'config',
  'consents',
  'coverage',
  'deliveries',
  'docs',
  'emulator',
  'events',
  'http',
  'jobs',
  'jose',
  'kakao',
  'kept-tokens',
  'limits',
  'links',
  'login',
  'metrics',
  'pages',
  'resealing',
  'sessions',
  'tokens',
  'tracing',
  'verify',
  'ways',
].map((folder) => `test/${folder}/**/*.test.ts`)

const EVERYWHERE = {
  // What is slow on a busy machine is not broken; what hangs still ends.
  testTimeout: 60_000,
  hookTimeout: 60_000,
}
const NO_SUITES = ['test/_support/**', '**/node_modules/**']

export default defineConfig({
  test: {
    // Some wait, for processes and databases: none is kept back for them.
    maxWorkers: availableParallelism(),
    globalSetup: [
      'test/_support/postgres-server.ts',
      'test/_support/figures-printer.ts',
      'test/_support/compile-cache.ts',
    ],
    projects: [
      { test: { ...EVERYWHERE, name: 'together', isolate: false, include: TOGETHER } },
      {
        test: {
          ...EVERYWHERE,
          name: 'alone',
          include: ['test/**/*.test.ts', 'interop/**/*.test.ts'],
          exclude: [...NO_SUITES, ...TOGETHER],
        },
      },
    ],
  },
})
