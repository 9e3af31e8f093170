import { defineConfig } from 'vitest/config'

/** The seat map and its pages in a real Chromium, which `npm run test:browser` runs. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: 'test/browser/support/start.ts',
    setupFiles: ['test/support/set-up.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    // One browser at a time, so that what is measured has the machine to itself.
    maxWorkers: 1,
    isolate: false,
  },
})
