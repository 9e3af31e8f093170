import { crc32 } from 'node:zlib'
import type { Instant } from '../../clock.ts'
import type { EventRef } from '../../rules/seat.ts'
import { partitionStarts as starts } from './partitions.ts'
import { sortable, sortableSerial } from './sortable.ts'

/** The primary key of an item. */
export interface Key {
  readonly pk: string
  readonly sk: string
}

// Keys: every one in the table, and nowhere else. `#` never occurs in ids; in the last part of a key it is harmless.

/** Partition of the object rows of one shard of an event. */
export const seatPartition = (event: EventRef, shard: number) =>
  `${starts.seats}${event.eventId}#${shard}`

/** Partition of the history entries of one shard of an event. */
export const historyPartition = (event: EventRef, shard: number) =>
  `${starts.history}${event.eventId}#${shard}`

/** Partition of a hold token: its hold entries. */
export const holdPartition = (workspaceId: string, holdToken: string) =>
  `${starts.holds}${workspaceId}#${holdToken}`

/** Partition of whoever holds with one publishable key from one address: their hold entries. */
export const holderPartition = (holder: string) => `${starts.holders}${holder}`

/** Partition of one count of requests. */
export const requestsPartition = (window: string) => `${starts.requests}${window}`

/** Partition of a workspace: its record, listings and counters. */
export const workspacePartition = (workspaceId: string) => `${starts.workspaces}${workspaceId}`

/** Partition of a workspace's webhook endpoints: apart, so that whoever delivers may write nothing else of a workspace. */
export const webhookPartition = (workspaceId: string) => `${starts.webhooks}${workspaceId}`

/** Partition of a company: its record, and its workspaces by number. */
export const companyPartition = (companyId: string) => `${starts.companies}${companyId}`

/** Partition of a company's log. */
export const logPartition = (companyId: string) => `${starts.companyLogs}${companyId}`

/** Partition of what deleted events of a workspace used. */
export const usagePartition = (workspaceId: string) => `${starts.usage}${workspaceId}`

/** Partition of a company's ticket buyers. */
export const buyersPartition = (companyId: string) => `${starts.ticketBuyers}${companyId}`

/** Partition of a large commit: its header and its details. */
export const operationPartition = (operationId: string) => `${starts.operations}${operationId}`

/** Partition of what a request with an idempotency key answered. */
export const receiptPartition = ({ keyId, hash }: { keyId: string; hash: string }) =>
  `${starts.receipts}${keyId}#${hash}`

/** Partition of the parts of one drawing. */
export const drawingPartition = (drawingId: string) => `${starts.drawings}${drawingId}`

/** Partition of what an event says beyond its head. */
export const detailsPartition = (eventId: string) => `${starts.eventDetails}${eventId}`

/** Partition of the snapshot of an event. */
export const snapshotPartition = (eventId: string) => `${starts.snapshots}${eventId}`

/** Partition of a chart: its head, its published manifest and the list of its events. */
export const chartPartition = (workspaceId: string, chartKey: string) =>
  `${starts.charts}${workspaceId}#${chartKey}`

export const keys = {
  seat: (event: EventRef, label: string): Key => ({
    pk: seatPartition(event, shardOf(label, event)),
    sk: label,
  }),
  /** An entry too large for one item continues in parts. That of a large commit has the time of its decision before this. */
  history: (event: EventRef, operationId: string, part: number): Key => ({
    pk: historyPartition(event, shardOf(operationId, event)),
    sk: part === 0 ? operationId : `${operationId}#${part}`,
  }),
  /** One for each event of the operation; one too large for one item has parts, of which the others end with `#` and a number. */
  hold: (workspaceId: string, holdToken: string, entry: EntryName): Key => ({
    pk: holdPartition(workspaceId, holdToken),
    sk: holdSortKey(entry),
  }),
  /** A hold token that was issued here. */
  token: (workspaceId: string, holdToken: string): Key => ({
    pk: holdPartition(workspaceId, holdToken),
    sk: TOKEN_SORT_KEY,
  }),
  /** What came to be held under the id of admission tokens. */
  admission: (workspaceId: string, id: string): Key => ({
    pk: `${starts.admissions}${workspaceId}#${id}`,
    sk: 'M',
  }),
  /** The commit record of a large commit. */
  operation: (operationId: string): Key => ({ pk: operationPartition(operationId), sk: 'O' }),
  details: (operationId: string, part: number): Key => ({
    pk: operationPartition(operationId),
    sk: `D#${part}`,
  }),
  /** A large commit that is to be looked after, by the time from which it may be. */
  recovery: (due: Instant, operationId: string): Key => ({
    pk: starts.recoveries,
    sk: `${sortable(due)}#${operationId}`,
  }),
  receipt: (request: { keyId: string; hash: string }): Key => ({
    pk: receiptPartition(request),
    sk: 'I',
  }),
  /** Further parts of a long answer; the id is new for each answer, so that no two can mix. */
  receiptPart: (
    request: { keyId: string; hash: string },
    { answerId, part }: { answerId: string; part: number },
  ): Key => ({ pk: receiptPartition(request), sk: `A#${answerId}#${part}` }),
  /** What part of a request with an idempotency key did, where it is done in parts. */
  progress: (request: { keyId: string; hash: string }, part: number): Key => ({
    pk: receiptPartition(request),
    sk: `P#${part}`,
  }),
  eventHead: (workspaceId: string, eventKey: string): Key => ({
    pk: `${starts.events}${workspaceId}#${eventKey}`,
    sk: 'E',
  }),
  /** Which event an id means: rows know nothing but that. */
  eventById: (eventId: string): Key => ({ pk: `${starts.eventsById}${eventId}`, sk: 'N' }),
  chartHead: (workspaceId: string, chartKey: string): Key => ({
    pk: chartPartition(workspaceId, chartKey),
    sk: 'C',
  }),
  /** A copy of the revision of a chart, and of all events on it. */
  revision: (chartId: string, copy: number): Key => ({
    pk: `${starts.revisions}${chartId}#${copy}`,
    sk: 'Z',
  }),
  /** What a chart that has been deleted was called, for what is still to be told of its events. */
  chartEnded: (workspaceId: string, chartKey: string, chartId: string): Key => ({
    pk: chartPartition(workspaceId, chartKey),
    sk: `G#${chartId}`,
  }),
  /** The manifest of the published version: overwritten by each publish, every part names its drawing. */
  manifest: (workspaceId: string, chartKey: string, part: number): Key => ({
    pk: chartPartition(workspaceId, chartKey),
    sk: `${MANIFEST_PREFIX}${part}`,
  }),
  /** What answers tell of the published version, without its objects; goes with the manifest. */
  chartFacts: (workspaceId: string, chartKey: string, part: number): Key => ({
    pk: chartPartition(workspaceId, chartKey),
    sk: `${MANIFEST_PREFIX}F#${part}`,
  }),
  /** What an event says beyond its head; never changed, each new text is a new one. */
  eventDetails: (eventId: string, textId: string, part: number): Key => ({
    pk: detailsPartition(eventId),
    sk: `${textId}#${part}`,
  }),
  /** Counts what changed of an event that somebody polls. */
  snapshotCounter: (eventId: string): Key => ({ pk: snapshotPartition(eventId), sk: 'A' }),
  /** What the last reading of an event came to, and who makes the next. */
  snapshotHead: (eventId: string): Key => ({ pk: snapshotPartition(eventId), sk: 'B' }),
  /** What a reading found. */
  snapshotPart: (eventId: string, { slot, part }: { slot: number; part: number }): Key => ({
    pk: snapshotPartition(eventId),
    sk: `${SNAPSHOT_PART_PREFIX}${slot}#${part}`,
  }),
  drawing: (drawingId: string, part: number): Key => ({
    pk: drawingPartition(drawingId),
    sk: String(part).padStart(3, '0'),
  }),
  /** Listings run by serial number, which is by time of creation. */
  chartListing: (workspaceId: string, serial: number): Key => ({
    pk: workspacePartition(workspaceId),
    sk: `${LISTING_PREFIXES.charts}${sortableSerial(serial)}`,
  }),
  /** Archived charts are in a list of their own. */
  archiveListing: (workspaceId: string, serial: number): Key => ({
    pk: workspacePartition(workspaceId),
    sk: `${LISTING_PREFIXES.archive}${sortableSerial(serial)}`,
  }),
  eventListing: (workspaceId: string, serial: number): Key => ({
    pk: workspacePartition(workspaceId),
    sk: `${LISTING_PREFIXES.events}${sortableSerial(serial)}`,
  }),
  /** The events of one chart, listed beside it. */
  chartEvent: (workspaceId: string, chartKey: string, serial: number): Key => ({
    pk: chartPartition(workspaceId, chartKey),
    sk: `${CHART_EVENT_PREFIX}${sortableSerial(serial)}`,
  }),
  /** How many charts and events the workspace has: the `total` of lists. */
  counters: (workspaceId: string): Key => ({ pk: workspacePartition(workspaceId), sk: 'N' }),
  workspaceListing: (companyId: string, serial: number): Key => ({
    pk: companyPartition(companyId),
    sk: `${WORKSPACE_LISTING_PREFIX}${sortableSerial(serial)}`,
  }),
  logLine: (companyId: string, serial: number): Key => ({
    pk: logPartition(companyId),
    sk: `${LOG_LINE_PREFIX}${sortableSerial(serial)}`,
  }),
  usage: (workspaceId: string, sk: string): Key => ({ pk: usagePartition(workspaceId), sk }),
  /** A ticket buyer, by a number that is made of the id. */
  buyer: (companyId: string, { number, id }: { number: number; id: string }): Key => ({
    pk: buyersPartition(companyId),
    sk: `${BUYER_PREFIX}${sortableSerial(number)}#${id}`,
  }),
  company: (companyId: string): Key => ({ pk: companyPartition(companyId), sk: 'A' }),
  workspace: (workspaceId: string): Key => ({ pk: workspacePartition(workspaceId), sk: 'W' }),
  /** Which workspace a public key names. */
  workspaceByKey: (workspaceKey: string): Key => ({
    pk: `${starts.workspaceKeys}${workspaceKey}`,
    sk: 'Y',
  }),
  keyListing: (workspaceId: string, keyId: string): Key => ({
    pk: workspacePartition(workspaceId),
    sk: `${KEY_LISTING_PREFIX}${keyId}`,
  }),
  /** The same hold entry by who made it; only where a workspace caps live holds. */
  holder: (holder: string, entry: EntryName): Key => ({
    pk: holderPartition(holder),
    sk: holdSortKey(entry),
  }),
  apiKey: (hash: string): Key => ({ pk: `${starts.keys}${hash}`, sk: 'K' }),
  /** Where notices of a workspace are sent. */
  webhook: (workspaceId: string, endpointId: string): Key => ({
    pk: webhookPartition(workspaceId),
    sk: `${WEBHOOK_PREFIX}${endpointId}`,
  }),
  /** Where an endpoint was before endpoints had a partition of their own. */
  webhookBefore: (workspaceId: string, endpointId: string): Key => ({
    pk: workspacePartition(workspaceId),
    sk: `${WEBHOOK_PREFIX}${endpointId}`,
  }),
  /** Counts the endpoints that a workspace ever made, so that two that are made at once know of each other. */
  webhookTurn: (workspaceId: string): Key => ({ pk: webhookPartition(workspaceId), sk: 'T' }),
  /** The same endpoint among those of all workspaces. */
  webhookIndex: (workspaceId: string, endpointId: string): Key => ({
    pk: starts.webhookIndex,
    sk: `${workspaceId}#${endpointId}`,
  }),
  /** What became of one notice for an endpoint, in one of its lanes: by the time of the notice. */
  delivery: (pk: string, sortText: string): Key => ({ pk, sk: `${DELIVERY_PREFIX}${sortText}` }),
  /** How an endpoint's receiver is doing; at one of its gates: what is under way to it. */
  endpointHealth: (pk: string): Key => ({ pk, sk: 'S' }),
}

/** Sort key of a hold token in its partition, beside its hold entries. */
export const TOKEN_SORT_KEY = 'M'

/** Start of the sort keys of hold entries. */
export const HOLD_PREFIX = 'H#'

/** What one operation did in one event. */
interface EntryName {
  readonly operationId: string
  readonly event: EventRef
}

const holdSortKey = ({ operationId, event }: EntryName) =>
  `${HOLD_PREFIX}${operationId}#${event.eventId}`
/** Start of the sort keys of a workspace's list of keys. */
export const KEY_LISTING_PREFIX = 'K#'

/** Start of the sort keys of a company's list of workspaces. */
export const WORKSPACE_LISTING_PREFIX = 'W#'
/** Start of the sort keys of a company's log. */
export const LOG_LINE_PREFIX = 'L#'

/** Start of the sort keys of a company's ticket buyers. */
export const BUYER_PREFIX = 'B#'
/** Start of the sort keys of a workspace's webhook endpoints. */
export const WEBHOOK_PREFIX = 'WH#'

/** Partition of an endpoint's health; of one of its lanes or gates, where that is named. */
export const deliveryPartition = (endpointId: string, place?: string) =>
  `${starts.deliveries}${endpointId}${place === undefined ? '' : `#${place}`}`

/** Start of the sort keys of deliveries. */
export const DELIVERY_PREFIX = 'D#'

/** Start of the sort keys of what readings of an event found; counter and head come before. */
export const SNAPSHOT_PART_PREFIX = 'D#'

/** Start of the sort keys of manifests. */
export const MANIFEST_PREFIX = 'M#'

/** Starts of the sort keys of listings in a workspace's partition. */
export const LISTING_PREFIXES = { charts: 'C#', archive: 'Z#', events: 'E#' } as const

/** Start of the sort keys of a chart's list of events. */
export const CHART_EVENT_PREFIX = 'V#'

/** A name for a key that is unique in the table. */
export function keyText({ pk, sk }: Key): string {
  return `${pk}\n${sk}`
}

/** CRC-32 is stable across versions and machines, which is all a shard needs. */
function shardOf(text: string, event: EventRef): number {
  return crc32(text) % event.shards
}
