import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import { readRetryAfter } from '../../../lib/webhooks/retry-after.ts'
import {
  ATTEMPTS_MAX,
  hopSeconds,
  isOverdue,
  nextAttemptAt,
  nextLookAt,
  nextProbeAt,
  RETRY_DELAYS_MS,
  WAIT_MS_MAX,
} from '../../../lib/webhooks/schedule.ts'

const NOW = instant(Date.UTC(2027, 2, 4, 18, 20))

/** Seconds until the next attempt. */
function delay(failed: number, random = 0.5, retryAfterSeconds = 0): number | undefined {
  const next = nextAttemptAt(failed, { now: NOW, random, retryAfterSeconds })
  return next === undefined ? undefined : (next - NOW) / 1000
}

test('a delivery is tried nine times over about a day, with growing delays, and then given up', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8].map((failed) => delay(failed))
  expect(delays).toEqual([5, 30, 120, 600, 1_800, 7_200, 21_600, 54_000])
  expect(delay(9)).toBeUndefined()
  expect(delay(10)).toBeUndefined()
  expect(ATTEMPTS_MAX).toBe(9)
})

test('delays are spread over a tenth on either side', () => {
  expect(delay(4, 0)).toBe(540)
  expect(delay(4, 1)).toBeCloseTo(660)
})

test('a receiver that asks for a longer wait gets it, for a shorter one not', () => {
  expect(delay(1, 0.5, 4)).toBe(5)
  expect(delay(1, 0.5, 6)).toBe(6)
  expect(delay(8, 0.5, 3_600)).toBe(54_000)
  expect(delay(9, 0.5, 3_600)).toBeUndefined()
})

test('a delivery may wait for longer than all delays together, jitter included, and not for ever', () => {
  const longest = RETRY_DELAYS_MS.reduce((sum: number, milliseconds) => sum + milliseconds, 0) * 1.1
  expect(WAIT_MS_MAX).toBeGreaterThan(longest)
  const after = (milliseconds: number) => isOverdue(NOW, instant(NOW + milliseconds))
  expect([after(WAIT_MS_MAX - 1), after(WAIT_MS_MAX), after(WAIT_MS_MAX + 1)]).toEqual([
    false,
    false,
    true,
  ])
})

test('a failing endpoint is probed after 5 s, 30 s, 2 min, 10 min, and then every 15 min', () => {
  const probe = (failed: number, retryAfterSeconds = 0) =>
    (nextProbeAt(failed, { now: NOW, retryAfterSeconds }) - NOW) / 1000
  expect([0, 1, 2, 3, 4, 5, 100].map((failed) => probe(failed))).toEqual([
    5, 30, 120, 600, 900, 900, 900,
  ])
  expect(probe(0, 60)).toBe(60)
})

test('messages wait in hops of what their queue allows at most', () => {
  const after = (milliseconds: number) => hopSeconds(instant(NOW + milliseconds), NOW)
  expect([-1_000, 0, 1, 1_000, 1_001].map(after)).toEqual([0, 0, 1, 1, 2])
  expect([899_000, 900_000, 900_001, 3_600_000].map(after)).toEqual([899, 900, 900, 900])
})

test('what finds no room looks again after one to five seconds, later at an endpoint that may never answer', () => {
  const look = (random: number, isProven: boolean) => nextLookAt(NOW, { random, isProven }) - NOW
  expect([look(0, true), look(0, false)]).toEqual([1_000, 2_000])
  expect(look(0.999, true)).toBeLessThan(5_000)
  expect(look(0.999, false)).toBeLessThan(8_000)
})

test.each([
  [undefined, undefined],
  ['', undefined],
  ['0', undefined],
  ['1', 1],
  [' 120 ', 120],
  ['3599', 3_599],
  ['3600', 3_600],
  ['3601', 3_600],
  ['99999999999999999999', 3_600],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2027-03-04T18:25:00Z', undefined],
  ['Thu, 04 Mar 2027 18:21:00 GMT', 60],
  ['Thu, 04 Mar 2027 18:20:00 GMT', undefined],
  ['Thu, 04 Mar 2027 18:19:00 GMT', undefined],
  ['Fri, 05 Mar 2027 18:20:00 GMT', 3_600],
  ['Thursday, 04-Mar-27 18:21:00 GMT', 60],
])('Retry-After %j is a wait of %s seconds', (header, seconds) => {
  expect(readRetryAfter(header, NOW)).toBe(seconds)
})
