import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { systemClock } from '../lib/clock.ts'
import { defined } from '../lib/defined.ts'
import { readCatalog, type Catalog } from '../lib/http/catalog.ts'
import { secureIds } from '../lib/ids.ts'
import { busVariables } from '../lib/open-bus.ts'
import {
  openRuntime,
  optionsFromEnvironment,
  runtimeOver,
  shareRuntime,
  type Runtime,
  rootVariables,
} from '../lib/open.ts'
import { openPort } from '../lib/store/table/port.ts'
import { toLambdaContext } from './http/api-gateway.ts'
import { crowdDemo } from './demo/crowd-demo.ts'
import { createTable } from './data/create-table.ts'
import { DataFolderError, openDataFolder, type DataFolder } from './data/data-folder.ts'
import { docsRoutes } from './http/docs-page.ts'
import { embedDynamo, type EmbeddedDynamo } from './data/embed-dynamo.ts'
import { frontRoutes } from './http/front-page.ts'
import { hostsOf } from '@holdfast/embedded/hosts'
import { PortTakenError, startHttpServer, type HttpServer } from './http/http-server.ts'
import { openLog } from './log-lines.ts'
import { inWords } from './plain-words.ts'
import { refuseTakenPort } from './http/refuse-taken-port.ts'
import { OptionsError, readOptions, usage, type Options } from './options.ts'
import { openRootSecrets } from './data/root-secrets.ts'
import { openLocalBus, type LocalBus } from './sources/open-local-bus.ts'
import { startQueuePumps } from './sources/queue-workers.ts'
import { announce, type RunningProduct } from './running-product.ts'
import type { Route } from './http/router.ts'
import { routesOver } from './http/routes.ts'
import { DEMO_EVENT_KEY, DEMO_SEAT, demoKeys, seedDemo } from './demo/seed-demo.ts'
import { seedShown } from './demo/seed-shown.ts'
import { waitingRoomRoutes } from './demo/waiting-room.ts'
import { createStreamPump, type StreamWorker } from './sources/stream-pump.ts'
import { stopOnce, type Stop } from './stopping.ts'
import { stopWithParent } from './stop-with-parent.ts'
import { webPages } from './http/web-pages.ts'
import { startTimers, type TimedWorker } from './sources/timers.ts'
import { moveWebhooks } from '../lib/store/webhooks/webhook-endpoints.ts'

// `npm start`: everything on one machine.
//
// 1. An embedded EventBridge and SQS, and an embedded DynamoDB, on loopback, over the folder of --data or in memory, unless
//    AWS_ENDPOINT_URL_DYNAMODB, or AWS_ENDPOINT_URL_EVENTBRIDGE with AWS_ENDPOINT_URL_SQS, name other endpoints.
// 2. The table, the demo workspace, and the workers behind the table's stream, behind queues and behind timers.
// 3. The Lambda handlers behind an HTTP server, as API Gateway would call them.

/** Writes a line of the log. */
const writeLine = openLog((text) => void process.stdout.write(text))

/** Milliseconds between two sweeps for items past their TTL. */
const SWEEP_MS = 10_000

/** Milliseconds that a worker may take. */
const WORKER_MS_MAX = 60_000

async function main(): Promise<void> {
  const stops: Stop[] = []
  const stopAll = stopOnce(stops)
  try {
    const options = readOptions(process.argv.slice(2), process.env)
    if (options === 'help') {
      process.stdout.write(usage)
      return
    }
    process.stdout.write(firstWords(options))
    await refuseTakenPort(options.port)
    const server = await start(options, stops)
    // What did not end in time must not keep the process.
    const end = () => void stopAll().finally(() => process.exit())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
    stops.push(stopWithParent(end))
    greet(server.url, process.env)
  } catch (error) {
    await stopAll()
    process.exitCode = 1
    process.stderr.write(`${describe(error)}\n`)
  }
}

async function start({ port, data, hosts, busPort }: Options, stops: Stop[]): Promise<HttpServer> {
  // The SDK's notice that it will need a newer Node.js is for us, not for whoever tries Holdfast.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const tableName = (process.env['HOLDFAST_TABLE'] ??= 'holdfast')
  process.env['HOLDFAST_SYSTEM_SECRET'] ??= demoKeys.system
  const folder = data === undefined ? undefined : await openDataFolder(data)
  const masterSecret = await setRootSecrets(folder)
  const isEmbedded = process.env['AWS_ENDPOINT_URL_DYNAMODB'] === undefined
  // Before everything that may call it, and so closed after all of that.
  const bus = await openLocalBus(process.env, { folder, port: busPort, log: writeLine, stops })
  const embedded = isEmbedded ? await embed(tableName, { folder, bus, stops }) : undefined
  const runtime = embedded?.runtime ?? openRuntime()
  const catalog = await readCatalog()
  const streamArn = await createTable(new DynamoDBClient(), tableName)
  if (folder?.isNew !== false && (await seedDemo(runtime))) {
    await crowdDemo(runtime)
    await seedShown(runtime)
  }
  await moveWebhooks(runtime.store)
  await folder?.markReady()
  const pumps = startQueuePumps(catalog, bus, { msMax: WORKER_MS_MAX, log: writeLine })
  stops.push(() => pumps.stop())
  const pump = createStreamPump({
    streams: embedded?.streams ?? new DynamoDBStreamsClient({}),
    streamArn,
    workers: catalog.workers
      .filter(({ trigger }) => trigger.kind === 'stream')
      .map(({ handler }) => handler as unknown as StreamWorker),
    clock: systemClock,
    ...defined({ position: embedded?.position }),
    onFailure: (error) => {
      writeLine({ level: 'error', worker: 'stream-pump', error: String(error) })
    },
  })
  const pumping = pump.start()
  stops.push(() => pumping.stop())
  const timers = startTimers(timedWorkers(catalog), {
    clock: systemClock,
    onFailure: (worker, error) => {
      writeLine({ level: 'error', worker, error: String(error) })
    },
  })
  stops.push(() => timers.stop())
  const server = await startHttpServer({
    routes: [...routesOver(runtime, catalog), ...pagesOver(runtime)],
    port,
    clock: systemClock,
    log: writeLine,
    takesHost: hostsOf(hosts),
  })
  stops.push(() => server.close())
  if (isEmbedded) {
    const note = noteOf(tableName, masterSecret)
    stops.push(await announce(server.port, note, (text) => process.stderr.write(text)))
  }
  return server
}

/**
 * Has the environment name what secrets are derived from, and answers what keys are. A master secret that was given signs too, unless
 * another is given for that: it did before there were two.
 */
async function setRootSecrets(folder: DataFolder | undefined): Promise<string> {
  const own = await openRootSecrets(folder, secureIds(systemClock))
  const { [rootVariables.keys]: keys = '', [rootVariables.webhooks]: webhooks = '' } = process.env
  const master = keys || own.keys
  process.env[rootVariables.keys] = master
  process.env[rootVariables.webhooks] = webhooks || keys || own.webhooks
  return master
}

/** What people look at. */
function pagesOver(runtime: Runtime): Route[] {
  return [...docsRoutes(), ...frontRoutes(webPages(writeLine)), ...waitingRoomRoutes(runtime)]
}

function timedWorkers({ workers }: Catalog): TimedWorker[] {
  return workers.flatMap(({ name, trigger, handler }) => {
    if (trigger.kind !== 'timer') return []
    const run = () =>
      handler(
        {},
        toLambdaContext(name, name, () => WORKER_MS_MAX),
      )
    return [{ name, everySeconds: trigger.everySeconds, run }]
  })
}

/** The embedded DynamoDB, reached without a socket in between. */
interface Embedded {
  readonly client: Pick<EmbeddedDynamo, 'requestHandler'>
  readonly position: EmbeddedDynamo['position']
  readonly streams: EmbeddedDynamo['streams']
  readonly runtime: Runtime
}

/** Starts the embedded DynamoDB, points the SDK at it, and opens a runtime that all handlers share. */
async function embed(
  tableName: string,
  { folder, bus, stops }: { folder: DataFolder | undefined; bus: LocalBus; stops: Stop[] },
): Promise<Embedded> {
  const dynamo = await embedDynamo(folder, (text) => process.stderr.write(text))
  const sweeping = setInterval(() => void dynamo.sweep(), SWEEP_MS)
  stops.push(async () => {
    clearInterval(sweeping)
    await dynamo.close()
  })
  Object.assign(process.env, dynamo.environment)
  const { requestHandler, documents, streams, position } = dynamo
  const clock = systemClock
  const ids = secureIds(clock)
  const runtime = runtimeOver(
    openPort({ tableName, client: { requestHandler }, documents, clock, ids, log: writeLine }),
    { ...optionsFromEnvironment(), neverThrottles: true, openBus: () => bus.bus },
  )
  shareRuntime(runtime)
  return { client: { requestHandler }, streams, position, runtime }
}

/** What `npm run keys` and `npm run webhooks` need to know of an embedded table; its credentials are no real ones. */
function noteOf(tableName: string, masterSecret: string): RunningProduct {
  const names = [
    'AWS_ENDPOINT_URL_DYNAMODB',
    'AWS_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_ENDPOINT_URL_EVENTBRIDGE',
    'AWS_ENDPOINT_URL_SQS',
    ...Object.values(busVariables),
  ]
  const environment = Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']))
  return { environment, tableName, masterSecret }
}

/** Reading the product takes a second or two, the first time some more. */
function firstWords({ port, data }: Options): string {
  const where = port === 0 ? 'a free port' : `port ${port}`
  const kept = data === undefined ? 'in memory' : `in ${data}`
  return `Starting Holdfast on ${where}, with its data ${kept} …\n`
}

function greet(url: string, environment: NodeJS.ProcessEnv): void {
  const { AWS_ENDPOINT_URL_DYNAMODB: table = '', AWS_ENDPOINT_URL_SQS: queues = '' } = environment
  process.stdout.write(`
Holdfast is ready at ${url}

  Secret key       ${demoKeys.secret}
  Publishable key  ${demoKeys.publishable}
  seats.io key     ${demoKeys.seatsio}
  seats.io admin   ${demoKeys.admin}
  seats.io system  ${demoKeys.system}
  Demo event       ${DEMO_EVENT_KEY}
  Shop             ${url}/
  Back office      ${url}/office
  API reference    ${url}/docs
  DynamoDB         ${table}
  EventBridge, SQS ${queues}

Hold a seat:

  curl -X POST ${url}/api/v1/events/${DEMO_EVENT_KEY}/seats/hold \\
    -H 'X-Api-Key: ${demoKeys.publishable}' \\
    -d '{"objectLabel": "${DEMO_SEAT}", "holdToken": "my-first-hold"}'

Read the event in the language of seats.io; its client libraries work with this base URL and key:

  curl ${url}/events/${DEMO_EVENT_KEY} -u ${demoKeys.seatsio}:

`)
}

/** What someone can mend is said as it is. */
const MENDABLE = [PortTakenError, OptionsError, DataFolderError]

function describe(error: unknown): string {
  if (MENDABLE.some((kind) => error instanceof kind)) return (error as Error).message
  return `Holdfast could not start: ${inWords(error)}`
}

await main()
