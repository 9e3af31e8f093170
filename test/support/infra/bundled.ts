import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SQSClient } from '@aws-sdk/client-sqs'
import { serveDynamo } from '@holdfast/dynamodb/server'
import { createQueues } from '../../../local/sources/create-queues.ts'
import { openMessaging } from '@holdfast/eventbridge/open-messaging'
import { serveEngine } from '@holdfast/embedded/server'
import { busVariables } from '../../../lib/open-bus.ts'
import type { Holdfast } from '../holdfast.ts'

const run = promisify(execFile)

/** A process may take that long to start, call and end, on a busy machine. */
const PROCESS_MS_MAX = 30_000

/** What a bundled function was seen to do. */
export interface Seen {
  /** What its handler returned for each event; or `{ thrown }`. */
  readonly results: readonly Record<string, unknown>[]
  /** Everything that it printed beyond that: its log. */
  readonly output: string
  /** Milliseconds until it was imported and initialised. */
  readonly importMs: number
}

/** Servers on loopback that stand for AWS, and the environment that leads functions to them. */
export interface Cloud {
  /** What Lambda puts into every environment, and where the services are. */
  readonly ofLambda: Readonly<Record<string, string>>
  /** The values here of variables that a stack sets. */
  readonly values: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Puts a Holdfast's table, a bus, queues and the secret on loopback. */
export async function openCloud({ engine, port, clock }: Holdfast): Promise<Cloud> {
  const table = await serveDynamo(engine)
  const messaging = await serveEngine(openMessaging({ clock }))
  const secrets = await serveSecret('master')
  const ofLambda = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'lambda',
    AWS_SECRET_ACCESS_KEY: 'lambda',
    AWS_SESSION_TOKEN: 'lambda',
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_ENDPOINT_URL_EVENTBRIDGE: messaging.url,
    AWS_ENDPOINT_URL_SQS: messaging.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  }
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: messaging.url,
  }
  const names = await createQueues({
    events: new EventBridgeClient(client),
    queues: new SQSClient(client),
  })
  const values = {
    HOLDFAST_TABLE: port.tableName,
    HOLDFAST_STAGE: 'test',
    HOLDFAST_MASTER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:master',
    HOLDFAST_SIGNING_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:signing',
    ...Object.fromEntries(
      Object.entries(busVariables).map(([name, variable]) => [
        variable,
        names[name as keyof typeof names],
      ]),
    ),
  }
  const close = async () => {
    await Promise.all([table.close(), messaging.close(), secrets.close()])
  }
  return { ofLambda, values, close }
}

/** Secrets Manager as far as it is used: one secret, whoever asks. */
async function serveSecret(secret: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.end(JSON.stringify({ SecretString: secret }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const MARK = '\u0001results:'

/** Imports a bundle in a plain Node process with that environment and nothing else, and calls it with each event in turn. */
export async function callBundle(
  folder: string,
  env: Record<string, string>,
  events: readonly unknown[],
): Promise<Seen> {
  const url = pathToFileURL(join(folder, 'index.mjs')).href
  const script = `
    const began = performance.now()
    const { handler } = await import(${JSON.stringify(url)})
    const importMs = performance.now() - began
    const results = []
    for (const event of ${JSON.stringify(events)}) {
      const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 29000 }
      try { results.push((await handler(event, context)) ?? {}) }
      catch (error) { results.push({ thrown: String(error) }) }
    }
    process.stdout.write(${JSON.stringify(MARK)} + JSON.stringify({ results, importMs }))
    process.exit()`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env,
    timeout: PROCESS_MS_MAX,
    maxBuffer: 16 * 1024 * 1024,
  })
  const [output = '', told = '{}'] = stdout.split(MARK)
  return { output, ...(JSON.parse(told) as Pick<Seen, 'results' | 'importMs'>) }
}
