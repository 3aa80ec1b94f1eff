import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'interop/**/*.test.ts'],
    exclude: ['test/_support/**', '**/node_modules/**'],
    globalSetup: ['test/_support/postgres-server.ts'],
  },
})
