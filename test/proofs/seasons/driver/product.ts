import type { PutEventsCommandInput } from '@aws-sdk/client-eventbridge'
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs'
import type { DynamoDBRecord, SQSRecord } from 'aws-lambda'
import { relayBatch } from '../../../../functions/workers/relay-changes.ts'
import { expireBatch } from '../../../../functions/workers/expire-holds.ts'
import { openBus, type Bus } from '../../../../lib/bus/bus.ts'
import type { BusPort } from '../../../../lib/bus/port.ts'
import type { Notice } from '../../../../lib/rules/notice.ts'
import { handlerFor } from '../../../../lib/http/lambda.ts'
import { runtimeOver, type Runtime } from '../../../../lib/open.ts'
import { addApiKey } from '../../../../lib/store/companies/api-keys.ts'
import { createCompany } from '../../../../lib/store/companies/companies.ts'
import { newSerial } from '../../../../lib/store/table/serials.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import { toLambdaContext, toProxyEvent } from '../../../../local/http/api-gateway.ts'
import { createRouter, type Router } from '../../../../local/http/router.ts'
import { atEachPath } from '../../../../lib/http/endpoint.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import type { MemorySnapshot } from '../../../support/memory-store.ts'
import { openMemoryTable, type MemoryTable } from '../../../support/memory-table.ts'
import { movedClock, type MovedClock } from '../../../support/moved-clock.ts'
import { seededIds } from '../../../support/seeded-ids.ts'
import type { Random } from '../../simulation/random.ts'
import { endpoints } from './endpoints.ts'

// The product for one history after the other: its own handlers over the table in plain memory, in two processes that each remember what
// they have seen, with the bus and the timers pumped when the history says so.

/** What a request answered; the body is undefined where there is none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The product, at the beginning of a history. */
export interface Product {
  readonly clock: MovedClock
  readonly table: MemoryTable
  /** What was told to the bus so far, in its order. */
  readonly notices: readonly Notice[]
  /** Lines of the log that say that something failed. */
  readonly errors: readonly unknown[]
  /** Asks one of the processes. */
  call(request: string, body?: unknown): Promise<Answer>
  /** Lets stream and timers do what is due. */
  pump(): Promise<void>
}

const KEY = 'secret-of-all-histories'
export const CHART = 'hall'

let opened: { table: MemoryTable; snapshot: MemorySnapshot; clock: MovedClock } | undefined

/** Opens it with the hall on file, and no event yet. */
export async function openProduct(
  seed: string,
  { random, ...options }: { readonly random: Random; readonly transactionItemsMax?: number },
): Promise<Product> {
  opened ??= await openTable()
  const { table, snapshot } = opened
  table.restore(snapshot)
  const clock = steadyClock()
  opened.clock.advance(clock.now() - opened.clock.now())
  const notices: Notice[] = []
  const errors: unknown[] = []
  const timers: { body: string; at: number }[] = []
  const note = (line: Record<string, unknown>) => {
    if (line['level'] === 'error') errors.push(line)
  }
  const port = portOver(table, clock, { seed, note, ...options })
  const bus = busOver(port, { notices, timers })
  const runtimes = [runtimeOver(port), runtimeOver(port)]
  const routers = runtimes.map((runtime) => routerOver(() => runtime))
  const [runtime] = runtimes
  if (runtime === undefined) throw new Error('There is no process')
  let relayed = table.records.length
  return {
    clock,
    table,
    notices,
    errors,
    call: (request, body) => call({ find: random.pick(routers), clock }, request, body),
    async pump() {
      relayed = await relay({ runtime, bus, table }, relayed)
      while (await fire({ runtime, bus, timers })) {
        relayed = await relay({ runtime, bus, table }, relayed)
      }
    },
  }
}

/** Whoever waits for another of one process goes on at once: a model of one request after the other knows no waiting. */
function steadyClock(): MovedClock {
  return { ...movedClock(), sleep: () => Promise.resolve() }
}

interface Pumped {
  readonly runtime: Runtime
  readonly bus: Bus
}

async function relay(
  { runtime, bus, table }: Pumped & { table: MemoryTable },
  from: number,
): Promise<number> {
  const Records = table.records.slice(from) as unknown as DynamoDBRecord[]
  if (Records.length === 0) return from
  const { batchItemFailures } = await relayBatch(runtime, bus, { Records })
  if (batchItemFailures.length > 0) throw new Error('The relay failed')
  return from + Records.length
}

/** Fires the timers that are due; says whether any was. */
async function fire({
  runtime,
  bus,
  timers,
}: Pumped & { timers: { body: string; at: number }[] }): Promise<boolean> {
  const now = runtime.clock.now()
  const due = timers.filter(({ at }) => at <= now)
  if (due.length === 0) return false
  timers.splice(0, timers.length, ...timers.filter(({ at }) => at > now))
  const Records = due.map(({ body }, index) => ({ body, messageId: `${index}` }) as SQSRecord)
  const { batchItemFailures } = await expireBatch(runtime, bus, { Records })
  if (batchItemFailures.length > 0) throw new Error('A timer failed')
  return true
}

function routerOver(runtime: () => Runtime): Router {
  return createRouter(
    atEachPath(endpoints).map(({ endpoint }) => {
      const { method, path } = endpoint
      return { method, path, handler: handlerFor(endpoint, runtime) }
    }),
  )
}

async function call(
  { find, clock }: { find: Router; clock: MovedClock },
  request: string,
  body: unknown,
): Promise<Answer> {
  const [method = '', target = ''] = request.split(/ (.*)/s)
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  const match = find(method, path)
  if (match === undefined) throw new Error(`No route for ${request}`)
  const credentials = path.startsWith('/api/')
    ? ['X-Api-Key', KEY]
    : ['Authorization', `Basic ${Buffer.from(`${KEY}:`).toString('base64')}`]
  const raw = {
    method,
    path,
    query,
    protocol: 'HTTP/1.1',
    rawHeaders: credentials,
    sourceIp: '127.0.0.1',
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    requestId: 'history',
    time: clock.now(),
  }
  const result = await match.route.handler(
    toProxyEvent(raw, match),
    toLambdaContext('history', 'history', () => 29_000),
  )
  const text = result.body
  return { status: result.statusCode, body: text === '' ? undefined : JSON.parse(text) }
}

function portOver(
  table: MemoryTable,
  clock: MovedClock,
  {
    seed,
    note,
    transactionItemsMax = 100,
  }: { seed: string; note: Port['log']; transactionItemsMax?: number },
): Port {
  const client = table.client()
  const ids = seededIds(clock, seed)
  const { tableName } = table
  return {
    tableName,
    reader: client,
    writer: client,
    clock,
    ids,
    log: note,
    transactionItemsMax,
    statementsMax: 25,
  }
}

async function openTable() {
  const clock = movedClock()
  const table = await openMemoryTable(clock)
  const { store } = runtimeOver(portOver(table, clock, { seed: 'hall', note: () => undefined }))
  const workspaceId = 'one'
  const workspaces = [
    {
      workspaceId,
      companyId: 'company',
      name: 'one',
      isTest: true,
      settings: { publishableMayBook: true },
      serial: newSerial(store),
      workspaceKey: '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
      keyGeneration: 1,
    },
  ]
  const company = { companyId: 'company', name: 'Company', workspaceIds: [workspaceId] }
  await createCompany(store, { ...company, createdAt: clock.now() }, { workspaces })
  await addApiKey(store, KEY, { keyId: 'secret', kind: 'secret', workspaceId })
  const find = routerOver(() => runtimeOver(portOver(table, clock, { seed: 'chart', note: fail })))
  const drawing = rowDrawing({ rows: 1, seatsPerRow: 4, plane: { tables: [drawTable('T1', 2)] } })
  const made = await call({ find, clock }, `POST /system/public/charts/${CHART}`, drawing)
  if (made.status !== 201) throw new Error(`The hall was refused: ${JSON.stringify(made.body)}`)
  return { table, snapshot: table.snapshot(), clock }
}

function fail(line: Record<string, unknown>): void {
  if (line['level'] === 'error') throw new Error(JSON.stringify(line))
}

interface Told {
  readonly notices: Notice[]
  readonly timers: { body: string; at: number }[]
}

/** The product's bus over clients that take everything at once. */
function busOver({ clock, ids }: Port, { notices, timers }: Told): Bus {
  const putEvents = ({ Entries = [] }: PutEventsCommandInput) => {
    for (const { Detail = '' } of Entries) notices.push(JSON.parse(Detail) as Notice)
    return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'taken' })) }
  }
  const sendMessages = ({ QueueUrl = '', Entries = [] }: SendMessageBatchCommandInput) => {
    if (QueueUrl !== 'timers') throw new Error(`Something was sent to ${QueueUrl}`)
    for (const { MessageBody: body = '', DelaySeconds = 0 } of Entries) {
      timers.push({ body, at: clock.now() + DelaySeconds * 1_000 })
    }
    return { Failed: [] }
  }
  const clients = {
    events: {
      send: ({ input }: { input: PutEventsCommandInput }) => Promise.resolve(putEvents(input)),
    },
    queues: {
      send: ({ input }: { input: SendMessageBatchCommandInput }) =>
        Promise.resolve(sendMessages(input)),
    },
  } as unknown as Pick<BusPort, 'events' | 'queues'>
  const names = {
    bus: 'bus',
    deliveriesArn: 'deliveries',
    deliveries: 'deliveries',
    timers: 'timers',
    deadLetters: 'dead-letters',
    failures: 'failures',
  }
  return openBus({ ...clients, names, clock, ids })
}
