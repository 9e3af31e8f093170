import type { Instant } from '../clock.ts'
import type { HoldTokenRow } from '../inventory/decide.ts'
import { serialSource } from '../ids.ts'
import type {
  ChartHead,
  Company,
  DrawingRef,
  EventHead,
  NewWorkspace,
  Workspace,
} from '../inventory/records.ts'
import type { Notice } from '../inventory/notice.ts'
import type { EventRef } from '../inventory/seat.ts'
import type { Delivery, WebhookEndpoint } from '../inventory/webhook.ts'
import * as apiKeys from './api-keys.ts'
import { findAdministrator, findCaller, type Presented } from './callers.ts'
import * as charts from './charts.ts'
import { commit, type CommitRequest } from './commit.ts'
import * as companies from './companies.ts'
import { deleteDrawing, readDrawing } from './drawings.ts'
import * as events from './events.ts'
import { createEvents, type NewEventRecord } from './create-events.ts'
import { keysOfChart, readByCursor, type CursorRequest } from './cursors.ts'
import { readFacts, type FactsCache } from './chart-facts.ts'
import { settleDueBatches } from './event-batches.ts'
import { readEventFacts } from './event-facts.ts'
import * as deliveries from './deliveries.ts'
import * as attempts from './delivery-attempts.ts'
import { deliveryIdOf, type DeliveryState } from './delivery-items.ts'
import {
  getHealth,
  giveBackSlot,
  takeSlot,
  type Slot,
  type SlotUse,
  type SlotWanted,
} from './endpoint-health.ts'
import { readDetails, type DetailsCache } from './event-details.ts'
import { readHeads, readPage, type PageRequest } from './listings.ts'
import type { ChartAddress } from './manifests.ts'
import { readOperation } from './operations.ts'
import type { Port } from './port.ts'
import { purgeEvent } from './purge-event.ts'
import { createHoldToken, getHoldToken, type TokenName } from './hold-tokens.ts'
import { readEntry, readLog, type LogRange } from './read-history.ts'
import {
  findHeldBy,
  findHeldLabels,
  findHeldRows,
  findLapsedRows,
  keepLive,
  readAllRows,
  type HeldObject,
  type ObjectName,
} from './read-event.ts'
import { newMemory, readSeats, type Wanted } from './read-seats.ts'
import { getItem } from './read.ts'
import {
  findRecorded,
  keepReceipt,
  refuseIfRecorded,
  type Receipt,
  type ReceiptFor,
  type RequestName,
} from './receipts.ts'
import { endOperation } from './recover.ts'
import { dueRecoveries, postponeRecovery, removeRecovery, type Recovery } from './recoveries.ts'
import { keys } from './table.ts'
import * as replays from './replays.ts'
import { watchOperations, type StreamImages } from './watch.ts'
import * as webhooks from './webhook-endpoints.ts'

/** The store as actions see it: every call bound to one table and one process's memory. */
export type Store = ReturnType<typeof openStore>

/** Binds the store's functions to a table; makes no call itself. */
export function openStore(port: Port) {
  return {
    /** A new number for a chart, an event or a workspace. */
    newSerial: serialSource(port),
    ...seatsOf(port),
    ...operationsOf(port),
    ...chartsOf(port),
    ...eventsOf(port),
    ...tenancyOf(port),
    ...webhooksOf(port),
    ...deliveriesOf(port),
  }
}

function seatsOf(port: Port) {
  const memory = newMemory()
  return {
    commit: (request: CommitRequest) => commit(port, request),
    readSeats: (wanted: Wanted) => readSeats(port, memory, wanted),
    findRecorded: (request: RequestName) => findRecorded(port, request),
    refuseIfRecorded: (request: RequestName & { replaces?: string }) =>
      refuseIfRecorded(port, request),
    keepReceipt: (receipt: Receipt | undefined) => keepReceipt(port, receipt),
    readAllRows: (event: EventRef) => readAllRows(port, event),
    findHeldLabels: (wanted: {
      workspaceId: string
      eventKey: string
      holdToken: string
      now: Instant
    }) => findHeldLabels(port, memory, wanted),

    createHoldToken: (
      name: TokenName,
      contents: { row: HoldTokenRow; receipt: Receipt | undefined },
    ) => createHoldToken(port, name, contents),
    getHoldToken: (name: TokenName) => getHoldToken(port, name),
    findHeldRows: (wanted: TokenName & { now: Instant }) => findHeldRows(port, wanted),
    findLapsedRows: (wanted: TokenName & { now: Instant }, objects: readonly ObjectName[]) =>
      findLapsedRows(port, wanted, objects),
    readEntry: (event: EventRef, operationId: string) => readEntry(port, event, operationId),
    readLog: (event: EventRef, range: LogRange) => readLog(port, event, range),
    findHeldBy: (wanted: { holder: string; now: Instant }) => findHeldBy(port, wanted),
    keepLive: (objects: readonly HeldObject[], now: Instant) => keepLive(port, objects, now),
  }
}

function operationsOf(port: Port) {
  return {
    endOperation: (operationId: string) => endOperation(port, operationId),
    readOperation: (operationId: string) => readOperation(port, operationId),
    watchOperations: (records: readonly StreamImages[]) => watchOperations(port, records),
    dueRecoveries: () => dueRecoveries(port),
    removeRecovery: (recovery: Recovery) => removeRecovery(port, recovery),
    postponeRecovery: (recovery: Recovery) => postponeRecovery(port, recovery),
  }
}

function chartsOf(port: Port) {
  const factsCache: FactsCache = new Map()
  return {
    /** What answers tell of published charts, by chart id; absent where nothing is published. */
    readChartFacts: (heads: readonly ChartHead[]) => readFacts(port, factsCache, heads),
    getChart: (workspaceId: string, chartKey: string) =>
      charts.getChart(port, workspaceId, chartKey),
    createChart: (
      chart: charts.NewChart,
      contents: {
        draft: string
        publish?: charts.Published
        receiptFor: ReceiptFor<ChartHead>
      },
    ) => charts.createChart(port, chart, contents),
    replaceChart: (
      after: ChartHead,
      contents: charts.ChartContents & { receiptFor: ReceiptFor<ChartHead> },
    ) => charts.replaceChart(port, after, contents),
    deleteChart: (head: ChartHead, receipt?: Receipt) => charts.deleteChart(port, head, receipt),
    getCharts: (workspaceId: string, chartKeys: readonly string[]) =>
      charts.getCharts(port, workspaceId, chartKeys),
    listCharts: (workspaceId: string, request: PageRequest) =>
      charts.listCharts(port, workspaceId, request),
    readDrawing: (ref: DrawingRef) => readDrawing(port, ref),
    deleteDrawing: (address: ChartAddress, drawingId: string) =>
      deleteDrawing(port, address, drawingId),
  }
}

function eventsOf(port: Port) {
  const detailsCache: DetailsCache = new Map()
  return {
    getEvent: (workspaceId: string, eventKey: string) =>
      events.getEvent(port, workspaceId, eventKey),
    createEvents: (records: readonly NewEventRecord[], receipt?: Receipt) =>
      createEvents(port, records, receipt),
    /** Ends what processes left behind that were creating many events together. */
    settleEventBatches: () => settleDueBatches(port),
    replaceEvent: (replacement: events.EventReplacement, receiptFor: ReceiptFor<EventHead>) =>
      events.replaceEvent(port, replacement, receiptFor),
    deleteEvent: (head: EventHead, receipt?: Receipt) => events.deleteEvent(port, head, receipt),
    isEventListed: (event: EventHead) => events.isListed(port, event),
    listEvents: (workspaceId: string, request: PageRequest) =>
      readPage(port, events.eventList(workspaceId), request),
    listEventsFrom: (workspaceId: string, request: CursorRequest) =>
      readByCursor(port, events.eventList(workspaceId), request),
    /** The newest events of a chart; reads the workspace's list until there are enough. */
    listEventsOfChart: async (chart: ChartHead, limit: number) => {
      const found = await keysOfChart(port, { ...chart, limit })
      return readHeads(port, events.eventList(chart.workspaceId), found)
    },
    /** What events say beyond their heads, by event id; undefined where it was replaced meanwhile. */
    readEventDetails: (heads: readonly EventHead[]) => readDetails(port, detailsCache, heads),
    /** What notices say of events, by event id; also of those that were deleted lately. */
    readEventFacts: (eventIds: readonly string[]) => readEventFacts(port, eventIds),
    purgeEvent: (event: EventRef) => purgeEvent(port, event),
  }
}

function tenancyOf(port: Port) {
  return {
    createCompany: (
      company: Company,
      workspaces: readonly NewWorkspace[],
      newKeys: companies.KeyOnFile[] = [],
    ) => companies.createCompany(port, company, { workspaces, newKeys }),
    getCompany: (companyId: string) => companies.getCompany(port, companyId),
    findWorkspace: (workspaceKey: string) => companies.findWorkspace(port, workspaceKey),
    getWorkspace: (workspaceId: string) => companies.getWorkspace(port, workspaceId),
    createWorkspace: (
      workspace: Workspace,
      made: { newKey: companies.KeyOnFile; receipt: Receipt | undefined },
    ) => companies.createWorkspace(port, workspace, made),
    putWorkspace: (workspace: Workspace, receipt?: Receipt) =>
      companies.putWorkspace(port, workspace, receipt),
    findCaller: (presented: Presented) => findCaller(port, presented),
    findAdministrator: (key: string) => findAdministrator(port, key),
    addApiKey: (key: string, record: apiKeys.ApiKey) => apiKeys.addApiKey(port, key, record),
    listApiKeys: (workspaceId: string) => apiKeys.listApiKeys(port, workspaceId),
    revokeApiKey: (workspaceId: string, keyId: string) =>
      apiKeys.revokeApiKey(port, workspaceId, keyId),
    /** Asks the table for something that is not there: answers at all only when it can be reached. */
    ping: async () => {
      await getItem(port, keys.apiKey('ping'))
    },
  }
}

function webhooksOf(port: Port) {
  return {
    createWebhook: (
      endpoint: Omit<WebhookEndpoint, 'version'>,
      receiptFor: ReceiptFor<WebhookEndpoint>,
    ) => webhooks.createWebhook(port, endpoint, receiptFor),
    /** Finds deleted endpoints too, while their deliveries can be read. */
    getWebhook: (workspaceId: string, endpointId: string) =>
      webhooks.getWebhook(port, workspaceId, endpointId),
    listWebhooks: (workspaceId: string) => webhooks.listWebhooks(port, workspaceId),
    listAllWebhooks: () => webhooks.listAllWebhooks(port),
    replaceWebhook: (after: WebhookEndpoint, receiptFor: ReceiptFor<WebhookEndpoint>) =>
      webhooks.replaceWebhook(port, after, receiptFor),
    deleteWebhook: (endpoint: WebhookEndpoint, receipt?: Receipt) =>
      webhooks.deleteWebhook(port, endpoint, receipt),
    getHealth: (endpointId: string) => getHealth(port, endpointId),
  }
}

function deliveriesOf(port: Port) {
  return {
    deliveryIdOf,
    getDelivery: (endpointId: string, deliveryId: string) =>
      deliveries.getDelivery(port, endpointId, deliveryId),
    listDeliveries: (endpointId: string, request: PageRequest) =>
      deliveries.listDeliveries(port, endpointId, request),
    /** The oldest deliveries of notices of a time, as many as the limit says. */
    findDeliveries: (endpointId: string, range: replays.DeliveryRange) =>
      replays.findDeliveries(port, endpointId, range),
    whyNotRequeue: replays.whyNotRequeue,
    requeueDeliveries: (found: readonly Delivery[]) => replays.requeueDeliveries(port, found),
    queueDelivery: (
      wanted: { endpointId: string; notice: Notice },
      receiptFor?: ReceiptFor<Delivery>,
    ) => deliveries.queueDelivery(port, wanted, receiptFor),
    requeueDelivery: (
      wanted: Pick<Delivery, 'endpointId' | 'deliveryId'>,
      receiptFor?: ReceiptFor<Delivery>,
    ) => deliveries.requeueDelivery(port, wanted, receiptFor),
    ...attemptsOf(port),
  }
}

function attemptsOf(port: Port) {
  return {
    putDelivery: (sent: { endpointId: string; notice: Notice }, claim?: attempts.Claim) =>
      attempts.putDelivery(port, sent, claim),
    claimDelivery: (delivery: DeliveryState, claim: attempts.Claim) =>
      attempts.claimDelivery(port, delivery, claim),
    recordAttempt: (claimed: DeliveryState, result: attempts.AttemptResult) =>
      attempts.recordAttempt(port, claimed, result),
    endDelivery: (delivery: DeliveryState, failure: string) =>
      attempts.endDelivery(port, delivery, failure),
    markTold: (told: DeliveryState) => attempts.markTold(port, told),
    takeSlot: (endpointId: string, wanted: SlotWanted) => takeSlot(port, endpointId, wanted),
    giveBackSlot: (endpointId: string, given: Slot & { use: SlotUse }) =>
      giveBackSlot(port, endpointId, given),
  }
}
