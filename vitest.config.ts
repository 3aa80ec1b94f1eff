import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'interop/**/*.test.ts'],
    exclude: ['test/_support/**', '**/node_modules/**'],
    // What is slow on a busy machine is not broken; what hangs still ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: [
      'test/_support/postgres-server.ts',
      'test/_support/figures-printer.ts',
      'test/_support/compile-cache.ts',
    ],
  },
})
