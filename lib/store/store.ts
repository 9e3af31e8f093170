import type { Instant } from '../clock.ts'
import type { Writes } from '../inventory/decide.ts'
import type { ChartHead, Company, DrawingRef, EventHead, Workspace } from '../inventory/records.ts'
import type { EventRef } from '../inventory/seat.ts'
import * as apiKeys from './api-keys.ts'
import * as charts from './charts.ts'
import { commit } from './commit.ts'
import * as companies from './companies.ts'
import { deleteDrawing, readDrawing } from './drawings.ts'
import * as events from './events.ts'
import type { PageRequest } from './listings.ts'
import type { ChartAddress } from './manifests.ts'
import type { Port } from './port.ts'
import { purgeEvent } from './purge-event.ts'
import { findHeldBy, findHeldLabels, keepLive, readAllRows, type HeldObject } from './read-event.ts'
import { newMemory, readSeats } from './read-seats.ts'
import { getItem } from './read.ts'
import { keys } from './table.ts'

/** The store as actions see it: every call bound to one table and one process's memory. */
export type Store = ReturnType<typeof openStore>

/** Binds the store's functions to a table; makes no call itself. */
export function openStore(port: Port) {
  const memory = newMemory()
  return {
    commit: (workspaceId: string, writes: Writes) => commit(port, workspaceId, writes),
    readSeats: (wanted: { workspaceId: string; eventKey: string; labels: readonly string[] }) =>
      readSeats(port, memory, wanted),
    readAllRows: (event: EventRef) => readAllRows(port, event),
    findHeldLabels: (wanted: {
      workspaceId: string
      eventKey: string
      holdToken: string
      now: Instant
    }) => findHeldLabels(port, memory, wanted),

    findHeldBy: (wanted: { holder: string; now: Instant }) => findHeldBy(port, wanted),
    keepLive: (objects: readonly HeldObject[], now: Instant) => keepLive(port, objects, now),

    getChart: (workspaceId: string, chartKey: string) =>
      charts.getChart(port, workspaceId, chartKey),
    createChart: (chart: charts.NewChart, drawingText: string) =>
      charts.createChart(port, chart, drawingText),
    replaceChart: (after: ChartHead, contents?: charts.ChartContents) =>
      charts.replaceChart(port, after, contents),
    deleteChart: (head: ChartHead) => charts.deleteChart(port, head),
    getCharts: (workspaceId: string, chartKeys: readonly string[]) =>
      charts.getCharts(port, workspaceId, chartKeys),
    listCharts: (workspaceId: string, request: PageRequest) =>
      charts.listCharts(port, workspaceId, request),
    readDrawing: (ref: DrawingRef) => readDrawing(port, ref),
    deleteDrawing: (address: ChartAddress, drawingId: string) =>
      deleteDrawing(port, address, drawingId),

    getEvent: (workspaceId: string, eventKey: string) =>
      events.getEvent(port, workspaceId, eventKey),
    createEvent: (head: EventHead) => events.createEvent(port, head),
    replaceEvent: (after: EventHead) => events.replaceEvent(port, after),
    deleteEvent: (head: EventHead) => events.deleteEvent(port, head),
    listEvents: (workspaceId: string, request: PageRequest) =>
      events.listEvents(port, workspaceId, request),
    purgeEvent: (event: EventRef) => purgeEvent(port, event),

    createCompany: (company: Company, workspaces: readonly Workspace[]) =>
      companies.createCompany(port, company, workspaces),
    getWorkspace: (workspaceId: string) => companies.getWorkspace(port, workspaceId),
    putWorkspace: (workspace: Workspace) => companies.putWorkspace(port, workspace),
    findCaller: (key: string) => companies.findCaller(port, key),
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
