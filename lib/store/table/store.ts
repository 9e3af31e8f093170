import type { Instant } from '../../clock.ts'
import type { HoldTokenRow } from '../../rules/rows.ts'
import type { HistoryEntry } from '../../rules/history.ts'
import { serialSource } from '../../ids.ts'
import type { SettingsEdit } from '../../records/account-settings.ts'
import type {
  ChartHead,
  Company,
  DrawingRef,
  EventHead,
  NewCompany,
  NewWorkspace,
  Workspace,
} from '../../records/records.ts'
import type { EventRef } from '../../rules/seat.ts'
import * as apiKeys from '../companies/api-keys.ts'
import { findAdministrator, findCaller, type Presented } from '../companies/callers.ts'
import * as charts from '../charts/charts.ts'
import { commit, type CommitRequest } from '../commit/commit.ts'
import * as companies from '../companies/companies.ts'
import { deleteDrawing, fitsOneCommit, readDrawing } from '../charts/drawings.ts'
import * as events from '../events/events.ts'
import { createEvents, type NewEventRecord } from '../events/create-events.ts'
import { listChartsFrom, listTags, pageOfCharts, type ChartFilter } from '../charts/chart-lists.ts'
import { readByCursor, type CursorRequest } from './cursors.ts'
import { readFacts, type FactsCache } from '../charts/chart-facts.ts'
import { readCompanyLog } from '../companies/company-log.ts'
import { settleDueBatches } from '../events/event-batches.ts'
import { readEventFacts } from '../events/event-facts.ts'
import { readDetails, type DetailsCache } from '../events/event-details.ts'
import { readPage, type PageRequest } from './listings.ts'
import type { ChartAddress } from '../charts/manifests.ts'
import { readOperation } from '../commit/operations.ts'
import type { Port } from './port.ts'
import { purgeEvent } from '../events/purge-event.ts'
import { createHoldToken, getHoldToken, type TokenName } from '../seats/hold-tokens.ts'
import { readEntry, readLog, type LogRange } from '../seats/read-history.ts'
import {
  findHeldBy,
  findHeldLabels,
  findHeldRows,
  findLapsedRows,
  keepLive,
  readAllRows,
  type HeldObject,
  type ObjectName,
} from '../seats/read-event.ts'
import { newMemory, readSeats, type Wanted } from '../seats/read-seats.ts'
import { getItem } from './read.ts'
import {
  findRecorded,
  keepReceipt,
  refuseIfRecorded,
  type Receipt,
  type ReceiptFor,
  type RequestName,
} from './receipts.ts'
import { endOperation } from '../commit/recover.ts'
import {
  dueRecoveries,
  postponeRecovery,
  removeRecovery,
  type Recovery,
} from '../commit/recoveries.ts'
import { keys } from './table.ts'
import * as buyers from '../companies/ticket-buyers.ts'
import * as workspaces from '../companies/workspaces.ts'
import { watchOperations, type StreamImages } from '../commit/watch.ts'
import { deliveriesOf, webhooksOf } from '../webhooks/webhook-store.ts'

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
    ...workspacesOf(port),
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
    findHeldLabels: (wanted: { workspaceId: string; eventKey: string; holdToken: string }) =>
      findHeldLabels(port, memory, wanted),

    createHoldToken: (
      name: TokenName,
      contents: { row: HoldTokenRow; receipt: Receipt | undefined },
    ) => createHoldToken(port, name, contents),
    getHoldToken: (name: TokenName) => getHoldToken(port, name),
    findHeldRows: (wanted: TokenName & { now: Instant }) => findHeldRows(port, wanted),
    findLapsedRows: (wanted: TokenName & { now: Instant }, objects: readonly ObjectName[]) =>
      findLapsedRows(port, wanted, objects),
    readEntry: (event: EventRef, operation: Pick<HistoryEntry, 'operationId' | 'at'>) =>
      readEntry(port, event, operation),
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
    createChart: (chart: charts.NewChart, contents: charts.ChartKeeping & charts.NewContents) =>
      charts.createChart(port, chart, contents),
    replaceChart: (
      replacement: charts.ChartReplacement,
      contents: charts.ChartContents & charts.ChartKeeping,
    ) => charts.replaceChart(port, replacement, contents),
    deleteChart: (head: ChartHead, receipt?: Receipt) => charts.deleteChart(port, head, receipt),
    getCharts: (workspaceId: string, chartKeys: readonly string[]) =>
      charts.getCharts(port, workspaceId, chartKeys),
    listCharts: (workspaceId: string, request: PageRequest) =>
      pageOfCharts(port, workspaceId, request),
    listChartsFrom: (workspaceId: string, request: ChartFilter & CursorRequest) =>
      listChartsFrom(port, workspaceId, request),
    listTags: (workspaceId: string) => listTags(port, workspaceId),
    fitsOneCommit,
    readDrawing: (ref: DrawingRef) => readDrawing(port, ref),
    deleteDrawing: (address: ChartAddress, drawingId: string, hasTime: () => boolean) =>
      deleteDrawing(port, address, { drawingId, hasTime }),
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
    settleEventBatches: (onFailure: (batchId: string, error: unknown) => void) =>
      settleDueBatches(port, onFailure),
    replaceEvent: (replacement: events.EventReplacement, receiptFor: ReceiptFor<EventHead>) =>
      events.replaceEvent(port, replacement, receiptFor),
    deleteEvent: (head: EventHead, receipt?: Receipt) => events.deleteEvent(port, head, receipt),
    isEventListed: (event: EventHead) => events.isListed(port, event),
    listEvents: (workspaceId: string, request: PageRequest) =>
      readPage(port, events.eventList(workspaceId), request),
    listEventsFrom: (workspaceId: string, request: CursorRequest) =>
      readByCursor(port, events.eventList(workspaceId), request),
    /** The newest events of charts, by chart id. */
    listEventsOfCharts: (workspaceId: string, wanted: readonly events.EventsWanted[]) =>
      events.listEventsOfCharts(port, workspaceId, wanted),
    /** What events say beyond their heads, by event id; undefined where it was replaced meanwhile. */
    readEventDetails: (heads: readonly EventHead[]) => readDetails(port, detailsCache, heads),
    /** What notices say of events, by event id; also of those that were deleted lately. */
    readEventFacts: (eventIds: readonly string[]) => readEventFacts(port, eventIds),
    purgeEvent: (event: EventRef, hasTime = () => true) => purgeEvent(port, event, hasTime),
  }
}

function workspacesOf(port: Port) {
  return {
    findWorkspace: (workspaceKey: string) => workspaces.findWorkspace(port, workspaceKey),
    getWorkspace: (workspaceId: string) => workspaces.getWorkspace(port, workspaceId),
    listWorkspaces: (wanted: workspaces.WorkspacesWanted, request: CursorRequest) =>
      workspaces.listWorkspaces(port, wanted, request),
    createWorkspace: (
      workspace: Workspace,
      made: { newKey: apiKeys.KeyOnFile; receipt: Receipt | undefined },
    ) => workspaces.createWorkspace(port, workspace, made),
    editWorkspace: (
      workspaceId: string,
      made: { edit: workspaces.WorkspaceEdit; receipt?: Receipt | undefined },
    ) => workspaces.editWorkspace(port, workspaceId, made),
    activateWorkspace: (workspace: Workspace, receipt: Receipt | undefined) =>
      workspaces.activateWorkspace(port, workspace, receipt),
    deactivateWorkspace: (
      workspace: Workspace,
      made: { company: Company; receipt: Receipt | undefined },
    ) => workspaces.deactivateWorkspace(port, workspace, made),
    setDefaultWorkspace: (workspace: Workspace, receipt: Receipt | undefined) =>
      workspaces.setDefaultWorkspace(port, workspace, receipt),
    replaceWorkspaceKey: (workspace: Workspace, change: apiKeys.KeyChange) =>
      workspaces.replaceWorkspaceKey(port, workspace, change),
    deleteWorkspace: (
      workspace: Workspace,
      made: { secretKey: string; receipt: Receipt | undefined },
    ) => workspaces.deleteWorkspace(port, workspace, made),
  }
}

function tenancyOf(port: Port) {
  return {
    readCompanyLog: (companyId: string, request: CursorRequest) =>
      readCompanyLog(port, companyId, request),
    changeBuyers: (change: buyers.BuyersChange, receiptFor: ReceiptFor<buyers.BuyersChanged>) =>
      buyers.changeBuyers(port, change, receiptFor),
    listBuyers: (companyId: string, request: CursorRequest) =>
      buyers.listBuyers(port, companyId, request),
    createCompany: (
      company: NewCompany,
      begun: readonly NewWorkspace[],
      newKeys: apiKeys.KeyOnFile[] = [],
    ) => companies.createCompany(port, company, { workspaces: begun, newKeys }),
    getCompany: (companyId: string) => companies.getCompany(port, companyId),
    editSettings: (companyId: string, made: { edit: SettingsEdit; receipt: Receipt | undefined }) =>
      companies.editSettings(port, companyId, made),
    replaceAdminKey: (company: Company, change: apiKeys.KeyChange) =>
      companies.replaceAdminKey(port, company, change),
    replaceDesignerKey: (company: Company, receipt: Receipt | undefined) =>
      companies.replaceDesignerKey(port, company, receipt),
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
