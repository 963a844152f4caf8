import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/temporary.ts'],
    include: ['test/**/*.test.ts'],
    // Every test file owns its servers and folders, so files run side by side; two workers for two cores.
    maxWorkers: 2,
    // None leaves anything behind in its process, so each worker loads the program once.
    isolate: false,
    testTimeout: 20_000,
  },
})
