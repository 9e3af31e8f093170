import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One for each of the two cores that the suite is meant for: by itself it would leave one of them idle.
    maxWorkers: 2,
    // Files of one worker share its modules: reading the product anew for each of some two hundred files took longer than the tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['test/support/set-up.ts'],
    // The SDK's notice that it will need a newer Node.js says nothing about the code under test.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
})
