import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { AreaCapacities, ChartHead, EventHead } from '../../records/records.ts'
import type { Item } from './items.ts'

/** Attributes of a chart head; `v` and `events` are raised by other writes too. */
export function chartItem(head: ChartHead): Item {
  const { draft, published } = head
  return {
    ws: head.workspaceId,
    key: head.chartKey,
    id: head.chartId,
    n: head.serial,
    name: head.name,
    ...defined({ pn: head.publishedName }),
    ...(head.tags === undefined || head.tags.length === 0 ? {} : { tags: head.tags }),
    ...(head.isArchived === true ? { arc: true } : {}),
    draft: { n: head.draftNumber, d: draft.drawingId, parts: draft.parts },
    ...(published === undefined
      ? {}
      : {
          pub: {
            n: published.number,
            d: published.drawingId,
            parts: published.parts,
            at: published.at,
          },
        }),
    ...defined({ was: head.formerly }),
    pubs: head.publishes,
    events: head.events,
    v: head.version,
    cat: head.createdAt,
    uat: head.updatedAt,
  }
}

interface ChartAttributes {
  ws: string
  key: string
  id: string
  n?: number
  name: string
  pn?: string
  tags?: string[]
  arc?: true
  draft: { n: number; d: string; parts: number }
  pub?: { n: number; d: string; parts: number; at: Instant }
  was?: NonNullable<ChartHead['formerly']>
  pubs: number
  events: number
  v: number
  cat: Instant
  uat: Instant
}

/** Reads a chart head. */
export function readChartItem(item: Item): ChartHead {
  const attributes = item as unknown as ChartAttributes
  const { draft, pub, pn, tags, arc } = attributes
  return {
    workspaceId: attributes.ws,
    chartKey: attributes.key,
    chartId: attributes.id,
    serial: attributes.n ?? 0,
    name: attributes.name,
    ...defined({ publishedName: pn, tags, isArchived: arc }),
    draftNumber: draft.n,
    draft: { drawingId: draft.d, parts: draft.parts },
    ...(pub === undefined
      ? {}
      : { published: { number: pub.n, drawingId: pub.d, parts: pub.parts, at: pub.at } }),
    ...defined({ formerly: attributes.was }),
    publishes: attributes.pubs,
    events: attributes.events,
    version: attributes.v,
    createdAt: attributes.cat,
    updatedAt: attributes.uat,
  }
}

/** Attributes of an event head. */
export function eventItem(head: EventHead): Item {
  return {
    ws: head.workspaceId,
    key: head.eventKey,
    id: head.eventId,
    n: head.serial,
    sh: head.shards,
    ...defined({ sn: head.season }),
    chart: head.chartKey,
    cid: head.chartId,
    ...defined({ name: head.name, date: head.date }),
    ...(head.isInThePast === true ? { past: true } : {}),
    ...defined({
      adm: head.admission,
      tb: head.tableBooking,
      ga: head.capacities?.flat(),
      sale: head.saleCalls,
      was: head.formerly,
      x: head.details?.textId,
      xp: head.details?.parts,
    }),
    v: head.version,
    cat: head.createdAt,
    uat: head.updatedAt,
  }
}

interface EventAttributes {
  ws: string
  key: string
  id: string
  sh: number
  sn?: NonNullable<EventHead['season']>
  chart: string
  cid: string
  n?: number
  name?: string
  date?: string
  past?: true
  adm?: NonNullable<EventHead['admission']>
  tb?: NonNullable<EventHead['tableBooking']>
  /** Labels and capacities in turn. */
  ga?: (string | number)[]
  sale?: NonNullable<EventHead['saleCalls']>
  was?: NonNullable<EventHead['formerly']>
  x?: string
  xp?: number
  v: number
  cat: Instant
  uat: Instant
}

/** Reads an event head. */
export function readEventItem(item: Item): EventHead {
  const attributes = item as unknown as EventAttributes
  return {
    workspaceId: attributes.ws,
    eventKey: attributes.key,
    eventId: attributes.id,
    serial: attributes.n ?? 0,
    shards: attributes.sh,
    ...defined({ season: attributes.sn }),
    chartKey: attributes.chart,
    chartId: attributes.cid,
    ...defined({ name: attributes.name, date: attributes.date }),
    ...(attributes.past === undefined ? {} : { isInThePast: true }),
    ...defined({
      admission: attributes.adm,
      tableBooking: attributes.tb,
      capacities: attributes.ga && inPairs(attributes.ga),
      saleCalls: attributes.sale,
      formerly: attributes.was,
    }),
    ...(attributes.x === undefined
      ? {}
      : { details: { textId: attributes.x, parts: attributes.xp ?? 1 } }),
    version: attributes.v,
    createdAt: attributes.cat,
    updatedAt: attributes.uat,
  }
}

function inPairs(flat: readonly (string | number)[]): AreaCapacities {
  return Array.from({ length: flat.length / 2 }, (_, at) => {
    return [flat[2 * at] as string, flat[2 * at + 1] as number]
  })
}
