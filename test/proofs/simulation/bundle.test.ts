import { expect, test } from 'vitest'
import { bundleSimulation, runBundle } from './bundle.ts'

test('the simulation runs as a bundle, as its long proof needs it', async () => {
  const bundle = await bundleSimulation('tried')
  const task = { seeds: [1], stopsAtFailure: true, explains: false }
  const { totals } = await runBundle(bundle, task)
  expect(totals.failures).toEqual([])
  expect(totals.commits).toBeGreaterThan(0)
})
