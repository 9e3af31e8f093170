import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { systemClock } from '../lib/clock.ts'
import { readCatalog } from '../lib/http/catalog.ts'
import { openRuntime } from '../lib/open.ts'
import { createTable } from './create-table.ts'
import { createEngine } from './dynamo/engine.ts'
import { serveDynamo } from './dynamo/server.ts'
import { PortTakenError, startHttpServer, type HttpServer } from './http-server.ts'
import { DEMO_EVENT_KEY, DEMO_SEAT, demoKeys, seedDemo } from './seed-demo.ts'
import { createStreamPump, type StreamWorker } from './stream-pump.ts'

// `npm start`: everything on one machine.
//
// 1. An embedded DynamoDB on loopback, unless AWS_ENDPOINT_URL_DYNAMODB names another endpoint.
// 2. The table, the demo workspace, and the workers behind the table's stream.
// 3. The Lambda handlers behind an HTTP server, as API Gateway would call them.

const PORT_DEFAULT = 3000

/** Milliseconds between two sweeps for items past their TTL. */
const SWEEP_MS = 10_000

/** Milliseconds between two looks at whether npm is still there. */
const PARENT_POLL_MS = 250

type Stop = () => Promise<void>

async function main(): Promise<void> {
  const stops: Stop[] = []
  const stopAll = once(async () => {
    for (const stop of stops.reverse()) await stop()
  })
  try {
    const server = await start(stops)
    greet(server.url)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll())
    stops.push(stopWithParent(() => void stopAll()))
  } catch (error) {
    await stopAll()
    process.exitCode = 1
    process.stderr.write(`${error instanceof PortTakenError ? error.message : describe(error)}\n`)
  }
}

async function start(stops: Stop[]): Promise<HttpServer> {
  // The SDK's notice that it will need a newer Node.js is for us, not for whoever tries Holdfast.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const port = readPort()
  const tableName = (process.env['HOLDFAST_TABLE'] ??= 'holdfast')
  if (process.env['AWS_ENDPOINT_URL_DYNAMODB'] === undefined) await embed(stops)
  const { endpoints, workers } = await readCatalog()
  const streamArn = await createTable(new DynamoDBClient(), tableName)
  await seedDemo(openRuntime())
  const pump = await createStreamPump({
    streams: new DynamoDBStreamsClient(),
    streamArn,
    workers: workers.map(({ handler }) => handler as unknown as StreamWorker),
    clock: systemClock,
  })
  const pumping = pump.start()
  stops.push(() => pumping.stop())
  const routes = endpoints.map(({ endpoint: { method, path }, handler }) => ({
    method,
    path,
    handler,
  }))
  const server = await startHttpServer({ routes, port, clock: systemClock, log: writeLine })
  stops.push(() => server.close())
  return server
}

/** Starts the embedded DynamoDB and points the SDK at it. */
async function embed(stops: Stop[]): Promise<void> {
  const engine = await createEngine()
  const wire = await serveDynamo(engine)
  const sweeping = setInterval(() => void engine.expireItems(), SWEEP_MS)
  stops.push(async () => {
    clearInterval(sweeping)
    await wire.close()
    await engine.close()
  })
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: wire.url,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: wire.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  })
}

function readPort(): number {
  const text = process.env['PORT'] ?? String(PORT_DEFAULT)
  const port = Number(text)
  const isPort = /^[0-9]+$/.test(text) && port <= 65_535
  if (!isPort) throw new Error(`PORT must be a number from 0 to 65535, not ${text}`)
  return port
}

function greet(url: string): void {
  process.stdout.write(`
Holdfast is ready at ${url}

  Secret key       ${demoKeys.secret}
  Publishable key  ${demoKeys.publishable}
  Demo event       ${DEMO_EVENT_KEY}

Hold a seat:

  curl -X POST ${url}/api/v1/events/${DEMO_EVENT_KEY}/seats/hold \\
    -H 'X-Api-Key: ${demoKeys.publishable}' \\
    -d '{"objectLabel": "${DEMO_SEAT}", "holdToken": "my-first-hold"}'

`)
}

function writeLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

function describe(error: unknown): string {
  return error instanceof Error ? `Holdfast could not start: ${error.message}` : String(error)
}

/** A signal to `npm start` ends npm and its shell, but is not passed on by either: notice that they are gone. */
function stopWithParent(stop: () => void): Stop {
  const parent = process.ppid
  const watching = setInterval(() => {
    if (process.ppid !== parent) stop()
  }, PARENT_POLL_MS)
  return () => {
    clearInterval(watching)
    return Promise.resolve()
  }
}

function once(run: Stop): Stop {
  let done: Promise<void> | undefined
  return () => (done ??= run())
}

await main()
