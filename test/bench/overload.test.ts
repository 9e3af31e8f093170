import { expect, test } from 'vitest'
import { allowedBy, sell } from '../../bench/overload/crowd.ts'
import { overloads } from '../../bench/overload/limits.ts'

// Of one limit; test/proofs/large/overload.proof.ts has all of them.

test('of three times the load that heads allow, as much is served as they let through, and all others are refused within 300 ms', async () => {
  const allowed = await allowedBy('heads')
  // Eight processes learn of it in the first seconds.
  const crowd = { perSecond: 3 * allowed, seconds: 8, fromSecond: 4, processes: 8, seed: 1 }
  const went = await sell({ ...crowd, limits: overloads.heads(false) })
  expect(went.servedPerSecond / allowed).toBeGreaterThanOrEqual(0.9)
  expect(went.refused).toBeGreaterThan(0)
  expect(went.p99Ms).toBeLessThan(1_000)
  expect(went.refusedMsMax).toBeLessThanOrEqual(300)
})
