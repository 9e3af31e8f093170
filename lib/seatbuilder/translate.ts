import type * as z from 'zod'
import { defined } from '../defined.ts'
import { toIso, type Instant } from '../clock.ts'
import type { SeatRefusal } from '../rules/decide.ts'
import type { SeatWrite } from '../rules/decide-seat.ts'
import { readExtraData } from '../rules/extra-data.ts'
import type { ChartHead, EventHead } from '../records/records.ts'
import type { ExtraDataText } from '../rules/seat.ts'
import { reasonFor } from './errors.ts'
import type * as shapes from './shapes.ts'

type Reply<Shape extends z.ZodType> = z.output<Shape>

/** A chart in this API's words. */
export function toChart(head: ChartHead): Reply<typeof shapes.chartReply> {
  return {
    chartKey: head.chartKey,
    name: head.name,
    draftVersion: head.draftNumber,
    publishedVersion: head.published?.number ?? null,
    createdAt: toIso(head.createdAt),
    updatedAt: toIso(head.updatedAt),
  }
}

/** A chart that has just been published. */
export function toPublished(head: ChartHead): Reply<typeof shapes.publishReply> {
  const { createdAt, ...chart } = toChart(head)
  const { number = 1, at = head.updatedAt } = head.published ?? {}
  return { ...chart, publishedVersion: number, publishedAt: toIso(at) }
}

/** A chart that has just been taken back. */
export function toUnpublished(head: ChartHead): Reply<typeof shapes.unpublishReply> {
  const { createdAt, ...chart } = toChart(head)
  return { ...chart, publishedVersion: null }
}

/** An event; its chart's version is the one published now. */
export function toEvent(found: {
  event: EventHead
  chart: ChartHead | undefined
}): Reply<typeof shapes.eventReply> {
  const { event, chart } = found
  const isSameChart = chart?.chartId === event.chartId
  return {
    eventKey: event.eventKey,
    chartKey: event.chartKey,
    chartPublishedVersion: isSameChart ? (chart.published?.number ?? null) : null,
    name: event.name ?? null,
    ...defined({ admission: event.admission }),
    createdAt: toIso(event.createdAt),
    updatedAt: toIso(event.updatedAt),
  }
}

/** A page of a list. */
export function toPage<T>(
  items: T[],
  total: number,
  { page, limit }: { page: number; limit: number },
) {
  return { items, total, page, limit }
}

/** The keys that every seat reply repeats. */
export function toEventKeys({ chartKey, eventKey }: EventHead) {
  return { chartKey, eventKey }
}

/** A list of labels, one object each. */
export function toLabels(labels: readonly string[]) {
  return labels.map((objectLabel) => ({ objectLabel }))
}

/** Labels that were changed, in the order of the request: of areas, how many places. */
export function toChangedLabels(
  labels: readonly string[],
  changed: readonly Pick<Changed, 'quantity'>[],
) {
  return labels.map((objectLabel, place) => {
    const { quantity } = changed[place] ?? {}
    return { objectLabel, ...defined({ quantity }) }
  })
}

/** Labels that were left out, each with its reason. */
export function toFailed(refusals: readonly SeatRefusal[]) {
  return refusals.map(({ label, code }) => ({ objectLabel: label, reason: reasonFor(code) }))
}

interface Changed extends Pick<SeatWrite, 'label' | 'after'> {
  readonly quantity?: number
}

/** A booked object. */
export function toBooked(event: EventHead, { label, after, quantity }: Changed) {
  const { state } = after
  return {
    ...toEventKeys(event),
    objectLabel: label,
    ...defined({ quantity }),
    status: 'booked' as const,
    bookedAt: toIso(after.changedAt),
    extraData: toExtraData(state.extraData),
  }
}

/** The moment of a change: of all its objects alike. */
export function changedAt(seats: readonly Changed[], otherwise: Instant): string {
  return toIso(seats[0]?.after.changedAt ?? otherwise)
}

/** Until when objects are held that were held together. */
export function heldUntil(seats: readonly Changed[], otherwise: Instant): string {
  const state = seats[0]?.after.state
  return toIso(state?.status === 'held' ? state.heldUntil : otherwise)
}

/** Extra data as they are told; null where there are none. */
export function toExtraData(text: ExtraDataText | undefined): Record<string, unknown> | null {
  return text === undefined ? null : readExtraData(text)
}
