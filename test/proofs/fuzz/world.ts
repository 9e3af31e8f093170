import { AsyncLocalStorage } from 'node:async_hooks'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { instant, type Clock } from '../../../lib/clock.ts'
import { readCatalog, type Catalog } from '../../../lib/http/catalog.ts'
import type { Ids } from '../../../lib/ids.ts'
import { runtimeOver, type Runtime } from '../../../lib/open.ts'
import { openPort, type Port } from '../../../lib/store/table/port.ts'
import type { WorkspaceSettings } from '../../../lib/records/records.ts'
import { createTable } from '../../../local/data/create-table.ts'
import { createEngine, type Engine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { startHttpServer } from '../../../local/http/http-server.ts'
import type { Route } from '../../../local/http/router.ts'
import { routesOver } from '../../../local/http/routes.ts'
import { openMemoryMessaging } from '../../support/memory-messaging.ts'
import { seededIds } from '../../support/seeded-ids.ts'
import { settleDelivery } from '../../support/settle-delivery.ts'
import { createCompany } from '../../../lib/store/companies/companies.ts'
import { addApiKey } from '../../../lib/store/companies/api-keys.ts'

/** A workspace with keys of its own: what one lane does, no other lane sees. */
export interface Workspace {
  readonly name: string
  readonly secret: string
  readonly publishable: string
}

/** The whole product, serving over HTTP in this process. */
export interface World {
  readonly url: string
  /** One for each lane that works by itself. */
  readonly lanes: readonly Workspace[]
  /** All lanes fight here. */
  readonly arena: Workspace
  /** Somebody else, who must never see what lanes do. */
  readonly stranger: Workspace
  /** Every line that the server and the functions logged. */
  readonly log: readonly object[]
  now(): number
  advance(milliseconds: number): void
  /** Deletes what its time to live has ended; what was queued for webhooks is delivered. */
  expire(): Promise<unknown>
  close(): Promise<void>
}

/** Tells whose request it is: each lane has ids of its own, so that none depend on which request comes first. */
export const LANE_HEADER = 'x-fuzz-lane'

const START = Date.UTC(2027, 2, 4, 18, 20)

/** The lanes differ in what their publishable keys may do. */
const laneSettings: readonly WorkspaceSettings[] = [
  { publishableMayBook: true },
  { publishableMayBook: true },
  { publishableMayBook: true, liveHoldsMax: 12 },
  { publishableMayBook: false },
]

/** What a test may put in the place of the product's parts. */
export interface WorldOptions {
  readonly seed: string
  readonly catalog?: Catalog
  /** Damages the routes, to show that it is noticed. */
  readonly spoil?: (routes: readonly Route[], runtime: Runtime) => readonly Route[]
}

/** Opens one on a free port. */
export async function openWorld({ seed, catalog, spoil }: WorldOptions): Promise<World> {
  const { clock, advance } = steadyClock()
  const { ids, routed } = idsByLane(clock, seed)
  const engine = await createEngine({ clock })
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: inProcess(engine),
  }
  await createTable(new DynamoDBClient(client), 'fuzz')
  const log: object[] = []
  const note = (line: object) => void log.push(line)
  const messaging = await openMemoryMessaging({ clock })
  const port = openPort({ tableName: 'fuzz', client, clock, ids, log: note })
  const openBus = () => messaging.bus
  const runtime = runtimeOver(port, {
    roots: { keys: 'master-secret-of-fuzzing', webhooks: 'signing-secret-of-fuzzing' },
    openBus,
  })
  const lanes = await Promise.all(
    laneSettings.map((settings, index) => openWorkspace(runtime, `lane${index + 1}`, settings)),
  )
  const arena = await openWorkspace(runtime, 'arena', { publishableMayBook: true })
  const stranger = await openWorkspace(runtime, 'stranger', { publishableMayBook: true })
  const routes = routesOver(runtime, catalog ?? (await readCatalog()))
  const served = (spoil?.(routes, runtime) ?? routes).map(routed)
  // However slow the machine is, nobody is turned away.
  const patience = { waitMsMax: Number.MAX_SAFE_INTEGER }
  const server = await startHttpServer({
    routes: served,
    clock,
    log: note,
    lanes: { light: patience, small: patience, large: patience },
  })
  return {
    url: server.url,
    lanes,
    arena,
    stranger,
    log,
    now: () => clock.now(),
    advance,
    expire: async () => {
      await engine.expireItems()
      await messaging.pump('deliveries', ({ Records }) => settleAll(port, Records))
    },
    close: () => closeAll(server, engine),
  }
}

/** Receivers that take everything. */
async function settleAll(port: Port, records: readonly { body: string }[]): Promise<undefined> {
  for (const { body } of records) {
    const { endpoint, deliveryId } = JSON.parse(body) as { endpoint: string; deliveryId: string }
    await settleDelivery(port, { endpointId: endpoint, deliveryId, responseStatus: 204 })
  }
}

async function closeAll(server: { close(): Promise<void> }, engine: Engine): Promise<void> {
  await server.close()
  await engine.close()
}

/** Stands still between moves, also for whoever sleeps: what one lane waits for must not end the holds of another. */
function steadyClock(): { clock: Clock; advance: World['advance'] } {
  let now = instant(START)
  return {
    clock: { now: () => now, sleep: () => Promise.resolve() },
    advance: (milliseconds) => {
      now = instant(now + milliseconds)
    },
  }
}

/** Ids that are made within a route come from the lane that its request names. */
function idsByLane(clock: Clock, seed: string): { ids: Ids; routed: (route: Route) => Route } {
  const current = new AsyncLocalStorage<Ids>()
  const made = new Map<string, Ids>()
  const of = (lane: string): Ids => {
    const found = made.get(lane) ?? seededIds(clock, `${seed}/${lane}`)
    made.set(lane, found)
    return found
  }
  const now = () => current.getStore() ?? of('')
  const routed = (route: Route): Route => ({
    ...route,
    handler: (event, context) =>
      current.run(of(event.headers[LANE_HEADER] ?? ''), () => route.handler(event, context)),
  })
  const ids: Ids = {
    ulid: () => now().ulid(),
    hex: (length) => now().hex(length),
    uuid: () => now().uuid(),
    random: () => now().random(),
  }
  return { ids, routed }
}

async function openWorkspace(
  { store, clock }: Runtime,
  name: string,
  settings: WorkspaceSettings,
): Promise<Workspace> {
  const company = { companyId: `company-${name}`, name, workspaceIds: [name] }
  const workspace = { workspaceId: name, companyId: company.companyId, name, isTest: true }
  const workspaces = [{ ...workspace, settings }]
  await createCompany(store, { ...company, createdAt: clock.now() }, { workspaces })
  // Nothing else ever looks like them, so that a leak is found wherever it is.
  const secret = `sk_test_${name}_secret_of_fuzzing`
  const publishable = `pk_test_${name}_publishable_of_fuzzing`
  await addApiKey(store, secret, { keyId: `${name}-s`, kind: 'secret', workspaceId: name })
  await addApiKey(store, publishable, {
    keyId: `${name}-p`,
    kind: 'publishable',
    workspaceId: name,
  })
  return { name, secret, publishable }
}
