import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'interop/**/*.test.ts'],
    globalSetup: ['test/_support/postgres-server.ts'],
  },
})
