import { expect, test } from 'vitest'
import { allowedBy, sell } from '../../bench/overload/crowd.ts'
import { overloads, type OverloadName } from '../../bench/overload/limits.ts'

/** A crowd of three times what the limit allows, after some seconds in which eight processes learn of it. */
async function crowdAt(name: OverloadName) {
  const allowed = await allowedBy(name)
  const crowd = { perSecond: 3 * allowed, seconds: 8, fromSecond: 4, processes: 8, seed: 1 }
  const limits = overloads[name](false)
  const went = await sell({ ...crowd, limits, isArea: name === 'block' })
  return { ...went, share: went.servedPerSecond / allowed }
}

test.each([
  ['heads', 0.9],
  ['block', 0.9],
] as const)(
  'of three times the load that %s allow, as much is served as they let through, and all others are refused within 300 ms',
  async (name, shareMin) => {
    const { share, p99Ms, refusedMsMax, refused } = await crowdAt(name)
    expect(share).toBeGreaterThanOrEqual(shareMin)
    expect(refused).toBeGreaterThan(0)
    expect(p99Ms).toBeLessThan(1_000)
    expect(refusedMsMax).toBeLessThanOrEqual(300)
  },
)
