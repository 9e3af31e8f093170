import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import {
  DeleteRuleCommand,
  EventBridgeClient,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { expect, test } from 'vitest'
import { findProduct } from '../../local/running-product.ts'
import { demoKeys } from '../../local/demo/seed-demo.ts'
import { readWebhooksOptions } from '../../commands/webhooks-options.ts'
import { startProduct } from '../support/product.ts'

const program = fileURLToPath(new URL('../../commands/webhooks.ts', import.meta.url))

interface Result {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** Runs `npm run webhooks -- …`. */
function run(...args: string[]): Promise<Result> {
  const { PATH = '', HOME = '' } = process.env
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', program, ...args]
    execFile(process.execPath, command, { env: { PATH, HOME } }, (error, output, errors) => {
      resolve({ code: Number(error?.code ?? 0), output, errors })
    })
  })
}

/** Takes an endpoint's rule off the bus of a running product, behind its back. */
async function loseRule(port: number, id: string): Promise<void> {
  const { environment = {} } = (await findProduct(port)) ?? {}
  const client = new EventBridgeClient({
    endpoint: environment['AWS_ENDPOINT_URL_EVENTBRIDGE'] ?? '',
    region: environment['AWS_REGION'] ?? 'us-east-1',
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  })
  const place = { EventBusName: environment['HOLDFAST_BUS'] ?? '' }
  const rule = `webhook-${id}`
  await client.send(new RemoveTargetsCommand({ ...place, Rule: rule, Ids: ['deliveries'] }))
  await client.send(new DeleteRuleCommand({ ...place, Name: rule }))
}

test('rules of a running product are compared with its webhooks, and mended', async () => {
  const product = startProduct()
  const url = (await product.url) ?? ''
  const { port } = new URL(url)
  const at = ['--port', port]
  const registered = await fetch(`${url}/api/v1/webhooks`, {
    method: 'POST',
    headers: { 'X-Api-Key': demoKeys.secret, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: 'http://localhost:9/', events: ['seat.held'] }),
  })
  const { id } = (await registered.json()) as { id: string }
  const agreed = { code: 0, output: 'Every rule is what its webhook says.\n', errors: '' }
  expect(await run('reconcile', ...at)).toEqual(agreed)

  await loseRule(Number(port), id)
  const found = { code: 0, output: `${id}  has no rule\n`, errors: '' }
  expect(await run('reconcile', '--dry-run', ...at)).toEqual(found)
  expect(await run('reconcile', '--dry-run', ...at)).toEqual(found)
  const mended = { code: 0, output: `${id}  has no rule  mended\n`, errors: '' }
  expect(await run('reconcile', ...at)).toEqual(mended)
  expect(await run('reconcile', '--dry-run', ...at)).toEqual(agreed)
}, 60_000)

test('a port where nothing runs, and an environment that names nothing, are told in words', async () => {
  const refused = await run('reconcile', '--port', '1')
  expect(refused.code).toBe(1)
  expect(refused.errors).toContain('No Holdfast of yours runs on port 1: run npm start')
  const unnamed = await run('reconcile', '--environment')
  expect(unnamed.code).toBe(1)
  expect(unnamed.errors).toContain('Missing environment variable HOLDFAST_TABLE')
})

test.each([
  [['fly'], 'Unknown command fly'],
  [['reconcile', 'now'], 'Unknown command reconcile now'],
  [['reconcile', '--port', 'http'], '--port must be a number, not http'],
  [['reconcile', '--port', '1', '--environment'], 'Give --port or --environment, not both'],
  [['reconcile', '--nonsense'], "Unknown option '--nonsense'"],
])('the command line %j is refused in words', (args, message) => {
  expect(() => readWebhooksOptions(args, {})).toThrow(message)
})

test.each([
  [['reconcile'], {}, { isDryRun: false, port: 3000 }],
  [['reconcile', '--dry-run'], { PORT: '8080' }, { isDryRun: true, port: 8080 }],
  [['reconcile', '--port', '81'], { PORT: '8080' }, { isDryRun: false, port: 81 }],
  [['reconcile', '--environment'], {}, { isDryRun: false, port: undefined }],
  [[], {}, 'help'],
  [['reconcile', '--help'], {}, 'help'],
])('the command line %j with %j means %j', (args, env, command) => {
  expect(readWebhooksOptions(args, env as NodeJS.ProcessEnv)).toEqual(command)
})
