import { defineConfig, mergeConfig } from 'vitest/config'
import base from './vitest.config.ts'

/** The long proofs, which `npm run prove` runs. */
export default mergeConfig(base, defineConfig({ test: { include: ['test/proofs/**/*.proof.ts'] } }))
