import * as fc from 'fast-check'
import { expect } from 'vitest'
import { instant, type Instant } from '../../lib/clock.ts'
import type { AreaTarget } from '../../lib/rules/area/area-target.ts'
import { blockChangesBetween } from '../../lib/rules/area/block-changes.ts'
import { untouchedBlock, type BlockRow, type BlockState } from '../../lib/rules/area/block.ts'
import { firstPlan, type PlanRow } from '../../lib/rules/area/plan.ts'
import { decide, type Decision } from '../../lib/rules/decide.ts'
import type { Change } from '../../lib/rules/machine.ts'
import { ofKind } from '../../lib/rules/rows.ts'
import { areaNamed, quotasOf, type Pool, type Quotas } from '../../lib/venue/pools.ts'
import { readChart } from '../../lib/venue/read-chart.ts'
import { inventoryOf, offerOf, termsOf, type Terms } from '../../lib/venue/terms.ts'
import { drawArea, rowDrawing } from './drawings.ts'

// An area that is sold in memory, and what anybody may ask of it.

const event = { eventId: 'E1', shards: 16 }

interface Said {
  readonly capacity: number
  readonly channels: readonly number[]
  readonly withheld: number
}

/** The terms of an area of which channels have so many places. */
export function termsWith({ capacity, channels, withheld }: Said): Terms {
  const drawing = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', capacity)] } })
  const ofChannel = (Lawn: number, index: number) => {
    return {
      id: `c${index}`,
      key: `k${index}`,
      name: `n${index}`,
      objects: [],
      areaPlaces: { Lawn },
    }
  }
  const areaPlaces = { Lawn: withheld }
  const saleRules = { isListForSale: false, objects: [], areaPlaces, categories: [] }
  const given = channels.flatMap((places, index) => (places === 0 ? [] : ofChannel(places, index)))
  return termsOf(inventoryOf(readChart(drawing)), {}, { channels: given, saleRules })
}

export const anySaid = fc.record({
  capacity: fc.integer({ min: 1, max: 160 }),
  channels: fc.array(fc.nat(30), { maxLength: 3 }),
  withheld: fc.oneof(fc.constant(0), fc.nat(40)),
})

const anyOpening = fc.constantFrom(
  {},
  { ignoreChannels: true },
  { ignoreChannels: true },
  { channelKeys: ['k0'] },
  { channelKeys: ['k1', 'NO_CHANNEL'] },
)

const anyToken = fc.constantFrom('ada', 'bob')

const anyAsked = fc.record({
  kind: fc.constantFrom(
    ...(['set-held', 'set-held', 'set-booked', 'set-custom', 'set-back', 'set-free'] as const),
    ...(['hold', 'book-held', 'release', 'release-held', 'extend', 'annotate'] as const),
  ),
  holdToken: anyToken,
  isNamed: fc.boolean(),
  ms: fc.integer({ min: 1, max: 6 }),
  opening: anyOpening,
})

type Asked = typeof anyAsked extends fc.Arbitrary<infer Of> ? Of : never

/** The change that somebody asks for at that moment. */
export function changeOf({ kind, holdToken, isNamed, ms, opening }: Asked, now: Instant): Change {
  const until = instant(now + ms)
  const token = isNamed ? { holdToken } : {}
  switch (kind) {
    case 'set-held':
    case 'hold':
      return { kind, holdToken, until, ...opening }
    case 'extend':
      return { kind, holdToken, until }
    case 'book-held':
    case 'release-held':
      return { kind, holdToken }
    case 'release':
    case 'annotate':
      return { kind }
    case 'set-custom':
      return { kind, status: 'x', ...token, ...opening }
    case 'set-booked':
    case 'set-back':
    case 'set-free':
      return { kind, ...token, ...opening }
  }
}

export const anyRequest = fc.record({
  asked: anyAsked,
  quantity: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 170 }) },
  ),
  ticketType: fc.constantFrom(undefined, undefined, undefined, 'child'),
  home: fc.nat(7),
  wait: fc.constantFrom(0, 0, 1, 3),
  said: fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: anySaid },
  ),
})

/** What is stored of the area. */
export interface Stored {
  plan: PlanRow | undefined
  readonly blocks: Map<number, BlockRow>
  readonly capacity: number | undefined
}

/** The area as a request reads it: one block, or all. */
export function targetOf(
  stored: Stored,
  terms: Terms,
  {
    home,
    quantity,
    ticketType,
    isWhole,
  }: { home: number; quantity: number; ticketType: string | undefined; isWhole: boolean },
): AreaTarget {
  const [area, offer] = [areaNamed(terms, 'Lawn'), offerOf(terms, 'Lawn')]
  if (area === undefined || offer === undefined) throw new Error('no area')
  const { plan, capacity } = stored
  const count = Math.max(1, plan?.blocks ?? firstPlan(capacity ?? 0).blocks)
  const own = home % count
  const blocks = new Map([...stored.blocks].filter(([block]) => isWhole || block === own))
  const given = ticketType === undefined ? {} : { given: { ticketType } }
  const read = { plan, capacity, blocks, home: own, isWhole }
  return { event, label: 'Lawn', area, offer, terms, read, quantity, ...given }
}

/** Decides about a change of it. */
export function decideOn(target: AreaTarget, change: Change, now: Instant): Decision {
  return decide({
    steps: [{ targets: [target], change }],
    now,
    operationIds: { expiry: '01A', change: '01B' },
    origin: { type: 'API' },
    random: 0.5,
  })
}

/** All blocks that the area has, also those that nobody touched. */
export function statesOf({ plan, blocks, capacity = 0 }: Stored): BlockState[] {
  const former = plan ?? firstPlan(capacity)
  return Array.from({ length: former.blocks }, (_, block) => {
    return (
      blocks.get(block) ?? untouchedBlock(former.quotas.capacity, { blocks: former.blocks, block })
    )
  })
}

/** What is taken in each pool that the quotas have. */
export function takenIn(stored: Stored, now: Instant, quotas: Quotas): Map<Pool, number> {
  const pools = new Set(quotas.pools.map(({ pool }) => pool))
  const taken = new Map<Pool, number>()
  const add = (pool: Pool, places: number) => {
    const counted = pools.has(pool) ? pool : 'no-channel'
    taken.set(counted, (taken.get(counted) ?? 0) + places)
  }
  for (const { pools: all, holds } of statesOf(stored)) {
    for (const { pool, booked } of all) add(pool, booked)
    for (const { pool, places, until } of holds) if (until > now) add(pool, places)
  }
  return taken
}

/** The sum of numbers. */
export const sumOf = (numbers: Iterable<number>) => [...numbers].reduce((all, it) => all + it, 0)

/** Applies what a decision writes, and checks its guards, its versions, and what is told of it. */
export function apply(stored: Stored, { writes }: Decision): void {
  const lines = writes.history.flatMap(({ changes }) => changes)
  for (const { block, guard, after } of ofKind(writes.rows, 'block')) {
    const before = stored.blocks.get(block)
    expect(guard.version).toBe(before?.version)
    if (guard.hold !== undefined) expect(guard.hold.until).toBeGreaterThan(guard.hold.after)
    const ofBlock = lines.filter((line) => line.block === block)
    const told = blockChangesBetween(before, after, ofBlock)
    const words = ({ version, from, to, quantity }: Partial<(typeof ofBlock)[0]>) => {
      return { version, from, to, quantity }
    }
    expect(told.map(words)).toEqual(ofBlock.map(words))
    const isPlanned = after.plan !== (before?.plan ?? 0)
    const rises = (before?.version ?? 0) + ofBlock.length + (isPlanned ? 1 : 0)
    expect(after.version).toBe(rises)
    stored.blocks.set(block, after)
  }
  for (const { guard, after } of ofKind(writes.rows, 'plan')) {
    expect(guard.version).toBe(stored.plan?.version)
    expect(ofKind(writes.rows, 'block')).toHaveLength(after.blocks)
    stored.plan = after
  }
}

/** What the terms give the pools of the area. */
export function quotasBy(terms: Terms): Quotas {
  const lawn = areaNamed(terms, 'Lawn')
  if (lawn === undefined) throw new Error('no area')
  return quotasOf(terms, lawn)
}
