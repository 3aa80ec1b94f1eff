import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['fails.test.ts'], globalSetup: ['../postgres-server.ts'] },
})
