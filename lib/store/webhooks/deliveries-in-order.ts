import { deliveryPartitions } from './delivery-items.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { queryPages } from '../table/read.ts'

// An endpoint's deliveries lie in many partitions, each in the order of time. They are read side by side, page by page, and whatever is
// next of all is taken, so that of each partition little more is read than is wanted.

/** Items of a page, at least. */
const PAGE_MIN = 20

/** Which part of all is asked of each partition at a time: a little more than it has, where all are even. */
const PAGE_PART = 1 / 12

/** A range of sort keys, and how much of it. */
export interface DeliveriesWanted {
  readonly from: string
  readonly to: string
  readonly isNewestFirst: boolean
  readonly max: number
  /** Whether nothing but their keys is wanted. */
  readonly isKeysOnly?: boolean
  /** What counts; all, unless told. */
  readonly keeps?: (item: Item) => boolean
}

/** Reads an endpoint's deliveries of a range in order, from all their partitions, that many at most. */
export async function inOrder(
  port: Port,
  endpointId: string,
  wanted: DeliveriesWanted,
): Promise<Item[]> {
  const lanes = deliveryPartitions(endpointId).map((partition) => open(port, partition, wanted))
  await Promise.all(lanes.map(fill))
  const found: Item[] = []
  while (found.length < wanted.max) {
    const next = firstOf(lanes, wanted.isNewestFirst)
    if (next === undefined) break
    found.push(...next.ready.splice(0, 1))
    if (next.ready.length === 0) await fill(next)
  }
  return found
}

/** A partition that is being read, and what was read of it and not taken. */
interface Lane {
  readonly ready: Item[]
  readonly pages: AsyncGenerator<Item[]>
  readonly keeps: (item: Item) => boolean
}

function open(
  port: Port,
  partition: string,
  { from, to, isNewestFirst, max, isKeysOnly = false, keeps = () => true }: DeliveriesWanted,
): Lane {
  const pages = queryPages(port, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
    ScanIndexForward: !isNewestFirst,
    Limit: Math.max(PAGE_MIN, Math.ceil(max * PAGE_PART)),
    ...(isKeysOnly ? { ProjectionExpression: 'pk, sk' } : {}),
  })
  return { ready: [], pages, keeps }
}

/** Reads a page more, if there is one; pages may be empty. */
async function fill({ ready, pages, keeps }: Lane): Promise<void> {
  while (ready.length === 0) {
    const page = await pages.next()
    if (page.done === true) return
    ready.push(...page.value.filter(keeps))
  }
}

/** The partition whose next item comes first of all; undefined where nothing is left. */
function firstOf(lanes: readonly Lane[], isNewestFirst: boolean): Lane | undefined {
  const keyOf = ({ ready }: Lane) => (ready[0]?.['sk'] ?? '') as string
  let first: Lane | undefined
  for (const lane of lanes) {
    if (lane.ready.length === 0) continue
    const isBefore = first === undefined || keyOf(lane) < keyOf(first) !== isNewestFirst
    if (isBefore) first = lane
  }
  return first
}
