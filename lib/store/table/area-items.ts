import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { BlockChange, BlockHold, BlockRow } from '../../rules/area/block.ts'
import type { PlanRow } from '../../rules/area/plan.ts'
import type { ExtraDataText, Mark, StatusWord } from '../../rules/seat.ts'
import type { Pool } from '../../venue/pools.ts'
import type { Item } from './items.ts'

// How the table keeps the places of areas: blocks and plans, among the objects of their event.

/** Attributes of a block's row; short, because every row pays for them. */
interface BlockItem {
  v: number
  at: number
  op: string
  /** Number of the plan; pools with their places and booked ones; holds with their places and ends, and ticket types where there are. */
  pl: number
  q: (readonly [pool: Pool, places: number, booked: number])[]
  h?: (readonly [token: string, pool: Pool, places: number, until: number, ticketType?: string])[]
  /** The last end of a hold, as guards ask for it. */
  x?: number
  /** Places of seasons that an event sells itself. */
  ov?: Readonly<Record<string, number>>
  /** Extra data, and when they were set. */
  ed?: string
  da?: number
  /** The last change. */
  c?: ChangeItem
}

interface ChangeItem {
  v: number
  at: number
  n: number
  f: StatusWord
  s: StatusWord
  m?: 'x' | 'u'
  t?: string
  x?: number
  oid?: string
  tt?: string
}

const MARKS = { expired: 'x', updated: 'u' } as const satisfies Record<Mark, ChangeItem['m']>

/** Writes a block's attributes. */
export function blockItem(row: BlockRow): BlockItem {
  const { version, changedAt, operationId, plan, pools, holds, last } = row
  const ends = holds.map(({ until }) => until)
  return {
    v: version,
    at: changedAt,
    op: operationId,
    pl: plan,
    q: pools.map(({ pool, places, booked }) => [pool, places, booked]),
    ...(holds.length === 0 ? {} : { h: holds.map(holdItem), x: Math.max(...ends) }),
    ...defined({
      ov: row.overridden,
      ed: row.extraData,
      da: row.extraDataAt,
      c: last && changeItem(last),
    }),
  }
}

function holdItem({ holdToken, pool, places, until, ticketType }: BlockHold) {
  const rest = ticketType === undefined ? ([] as const) : ([ticketType] as const)
  return [holdToken, pool, places, until, ...rest] as const
}

function changeItem(change: BlockChange): ChangeItem {
  const { version, at, places, from, to, mark, holdToken, heldUntil, orderId, ticketType } = change
  return {
    v: version,
    at,
    n: places,
    f: from,
    s: to,
    ...(mark === undefined ? {} : { m: MARKS[mark] }),
    ...defined({ t: holdToken, x: heldUntil, oid: orderId, tt: ticketType }),
  }
}

/** Reads a block; one without a version has no state yet and reads as never touched. */
export function readBlockItem(item: Item | undefined): BlockRow | undefined {
  if (item?.['v'] === undefined) return undefined
  const row = item as unknown as BlockItem
  return {
    version: row.v,
    changedAt: row.at as Instant,
    operationId: row.op,
    plan: row.pl,
    pools: row.q.map(([pool, places, booked]) => ({ pool, places, booked })),
    holds: (row.h ?? []).map(([holdToken, pool, places, until, ticketType]) => {
      return { holdToken, pool, places, until: until as Instant, ...defined({ ticketType }) }
    }),
    ...defined({
      overridden: row.ov,
      extraData: row.ed as ExtraDataText | undefined,
      extraDataAt: row.da as Instant | undefined,
      last: row.c && readChange(row.c),
    }),
  }
}

function readChange({ v, at, n, f, s, m, t, x, oid, tt }: ChangeItem): BlockChange {
  return {
    version: v,
    at: at as Instant,
    places: n,
    from: f,
    to: s,
    ...(m === undefined ? {} : { mark: m === 'x' ? 'expired' : 'updated' }),
    ...defined({ holdToken: t, heldUntil: x as Instant | undefined, orderId: oid, ticketType: tt }),
  }
}

/** Attributes of a plan's row. */
interface PlanItem {
  /** Its number. */
  v: number
  cap: number
  q: (readonly [pool: Pool, places: number])[]
  b: number
  over?: true
}

/** Writes a plan's attributes. */
export function planItem({ version, quotas, blocks, isOver }: PlanRow): PlanItem {
  return {
    v: version,
    cap: quotas.capacity,
    q: quotas.pools.map(({ pool, places }) => [pool, places]),
    b: blocks,
    ...(isOver ? { over: true } : {}),
  }
}

/** Reads a plan; undefined where there is none. */
export function readPlanItem(item: Item | undefined): PlanRow | undefined {
  if (item?.['v'] === undefined) return undefined
  const row = item as unknown as PlanItem
  const pools = row.q.map(([pool, places]) => ({ pool, places }))
  return {
    version: row.v,
    quotas: { capacity: row.cap, pools },
    blocks: row.b,
    isOver: row.over === true,
  }
}
