import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant, type Instant } from '../../../../lib/clock.ts'
import { bookedIn, heldIn } from '../../../../lib/rules/area/block.ts'
import { moveOf } from '../../../../lib/rules/area/moves.ts'
import type { Decision } from '../../../../lib/rules/decide.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { areaNamed, poolOf, poolsOpenedBy, type Pool } from '../../../../lib/venue/pools.ts'
import type { Terms } from '../../../../lib/venue/terms.ts'
import {
  anyRequest,
  anySaid,
  apply,
  changeOf,
  decideOn,
  quotasBy,
  statesOf,
  sumOf,
  takenIn,
  targetOf,
  termsWith,
  type Stored,
} from '../../../support/sold-area.ts'

// Requests of all kinds for places of one area, one after the other, while its terms and its capacity change under them and holds
// lapse: what each decision writes is judged by sums over the rows, which know nothing of how places are divided.

/** A request, and the ground that it is decided on. */
interface Asked {
  readonly stored: Stored
  readonly terms: Terms
  readonly change: Change
  readonly quantity: number
  readonly now: Instant
}

/** The pools that are sold, with what is taken in each; and how many places the request may have of those that it opens. */
function groundOf({ stored, terms, change, now }: Asked) {
  const quotas = quotasBy(terms)
  const lawn = areaNamed(terms, 'Lawn')
  if (lawn === undefined) throw new Error('no area')
  const isOpening = change.kind.startsWith('set-') || change.kind === 'hold'
  const opened = 'channelKeys' in change || 'ignoreChannels' in change ? change : {}
  const pools = poolsOpenedBy(terms, lawn, isOpening ? opened : { ignoreChannels: true })
  const sold = quotas.pools.filter(({ pool }) => pool !== 'withheld')
  const taken = takenIn(stored, now, quotas)
  const roomOf = ({ pool, places }: { pool: Pool; places: number }) =>
    places - (taken.get(pool) ?? 0)
  const room = sumOf(
    sold.filter(({ pool }) => pools.includes(pool)).map((pool) => Math.max(0, roomOf(pool))),
  )
  return { quotas, pools, sold, taken, room, isOver: sold.some((pool) => roomOf(pool) < 0) }
}

const countsOf = ({ stored, now }: Asked) => ({
  booked: sumOf(statesOf(stored).map((state) => bookedIn(state))),
  held: sumOf(statesOf(stored).map((state) => heldIn(state, now))),
})

/** A refusal of free places tells how many there are: fewer than are wanted. */
function judgeRefusal(asked: Asked, { code, left }: Decision['refusals'][number]): void {
  const { pools, room, isOver } = groundOf(asked)
  if (moveOf(asked.change)?.from !== 'free' || pools.length === 0) return
  expect(code).toBe('not-enough-places')
  if (!isOver) expect(left).toBe(room)
  expect(left).toBeLessThan(asked.quantity)
}

/** What was written moves as many places as were asked for, and sells no pool, and not the area, beyond what is for sale. */
function judgeSale(asked: Asked, decision: Decision): void {
  const [before, counts] = [groundOf(asked), countsOf(asked)]
  apply(asked.stored, decision)
  const [after, move] = [takenIn(asked.stored, asked.now, before.quotas), moveOf(asked.change)]
  const [result] = decision.results.flat()
  const moved = result !== undefined && 'area' in result ? result.area.places : 0
  if (moved > 0) expect(moved).toBe(asked.quantity)
  const gained = (place: string) =>
    (move?.to === place ? moved : 0) - (move?.from === place ? moved : 0)
  expect(countsOf(asked)).toEqual({
    booked: counts.booked + gained('booked'),
    held: counts.held + gained('mine'),
  })
  if (move?.from !== 'free') return
  if (!before.isOver) expect(moved).toBeLessThanOrEqual(before.room)
  expect(sumOf(after.values())).toBeLessThanOrEqual(sumOf(before.sold.map((it) => it.places)))
  const grown = before.pools.filter((pool) => {
    return (after.get(pool) ?? 0) > (before.taken.get(pool) ?? 0)
  })
  const earlier = before.pools.slice(0, before.pools.indexOf(grown.at(-1) ?? 'withheld'))
  const places = new Map(before.sold.map((it) => [it.pool, it.places]))
  // A later pool is drawn from once the ones before it have nothing left.
  if (!before.isOver) {
    for (const pool of earlier) expect(after.get(pool) ?? 0).toBe(places.get(pool) ?? 0)
  }
  for (const { pool, places } of before.sold) {
    const has = after.get(pool) ?? 0
    if (has <= (before.taken.get(pool) ?? 0)) continue
    expect(has).toBeLessThanOrEqual(places)
    expect(before.pools).toContain(pool)
  }
}

test('no request oversells a pool or the area, none is refused that could be served, and each is told as it was', () => {
  const seen = { sales: 0, refusals: 0 }
  const requests = fc.array(anyRequest, { minLength: 1, maxLength: 25 })
  const property = fc.property(anySaid, fc.boolean(), requests, (begun, isKnown, asked) => {
    const capacity = isKnown ? begun.capacity : undefined
    const stored: Stored = { plan: undefined, blocks: new Map(), capacity }
    let [said, now] = [begun, instant(1_000)]
    for (const request of asked) {
      now = instant(now + request.wait)
      said = request.said ?? said
      const terms = termsWith(said)
      const change = changeOf(request.asked, now)
      const look = (isWhole: boolean) =>
        decideOn(targetOf(stored, terms, { ...request, isWhole }), change, now)
      const narrow = look(false)
      const decision = narrow.isUnread ? look(true) : narrow
      expect(decision.isUnread).toBe(false)
      const [refusal] = decision.refusals
      const judged = { stored, terms, change, quantity: request.quantity, now }
      seen[refusal === undefined ? 'sales' : 'refusals'] += 1
      if (refusal === undefined) judgeSale(judged, decision)
      else judgeRefusal(judged, refusal)
    }
  })
  fc.assert(property, { seed: 20_270_304, numRuns: 400 })
  expect(Math.min(seen.sales, seen.refusals)).toBeGreaterThan(500)
})

test('places are drawn from the pools in their order, from the next only what the one before does not have', () => {
  const said = { capacity: 150, channels: [20, 10], withheld: 0 }
  const terms = termsWith(said)
  const stored: Stored = { plan: undefined, blocks: new Map(), capacity: 150 }
  const change = { kind: 'set-booked', channelKeys: ['k1', 'k0', 'NO_CHANNEL'] } as const
  const book = (quantity: number) => {
    const target = targetOf(stored, terms, {
      home: 1,
      quantity,
      ticketType: undefined,
      isWhole: true,
    })
    apply(stored, decideOn(target, change, instant(1)))
    const taken = takenIn(stored, instant(1), quotasBy(terms))
    return ['no-channel' as const, poolOf('c0'), poolOf('c1')].map((pool) => taken.get(pool) ?? 0)
  }
  expect(book(6)).toEqual([0, 0, 6])
  expect(book(10)).toEqual([0, 6, 10])
  expect(book(50)).toEqual([36, 20, 10])
})

test('a block that was planned since its plan was read is read anew, with all the others', () => {
  const terms = termsWith({ capacity: 150, channels: [20], withheld: 0 })
  const stored: Stored = { plan: undefined, blocks: new Map(), capacity: 150 }
  const request = { home: 1, quantity: 2, ticketType: undefined, isWhole: true }
  const change = { kind: 'set-booked' } as const
  apply(stored, decideOn(targetOf(stored, terms, request), change, instant(1)))
  const { plan } = stored
  expect(plan?.version).toBe(1)
  stored.plan = undefined
  for (const isWhole of [true, false]) {
    const target = targetOf(stored, terms, { ...request, isWhole })
    expect(decideOn(target, change, instant(2)).isUnread).toBe(true)
  }
  stored.plan = plan
  expect(decideOn(targetOf(stored, terms, request), change, instant(2)).isUnread).toBe(false)
})
