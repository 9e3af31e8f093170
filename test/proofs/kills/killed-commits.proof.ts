import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProduct } from '../../../local/running-product.ts'
import { demoKeys } from '../../../local/demo/seed-demo.ts'
import { arenaDrawing, arenaLabels } from '../../support/drawn-arena.ts'
import { hasty } from '../../support/hasty.ts'
import { startProduct, type Product } from '../../support/product.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const SEATS_EACH = 150
const BUYERS = 2
const RECOVERED_MS_MAX = 25_000

/** Times that the clock of the second process is faster: the timer's minute, and deadlines, pass in seconds. */
const HASTE = 20

const buyers = Array.from({ length: BUYERS }, (_, at) => ({
  holdToken: `buyer-number-${at}`,
  objectLabels: arenaLabels(SEATS_EACH * BUYERS).slice(SEATS_EACH * at, SEATS_EACH * (at + 1)),
}))

async function urlOf(product: Product): Promise<string> {
  const url = await product.url
  expect(url, product.output()).toBeDefined()
  return url ?? ''
}

async function call(url: string, path: string, options: { body?: object; key?: string } = {}) {
  const { body, key } = options
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'X-Api-Key': demoKeys.secret,
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const said = (await response.json()) as Record<string, unknown>
  return { status: response.status, body: said }
}

async function makeEvent(url: string): Promise<void> {
  const chart = await call(url, '/charts', { body: { name: 'Hall', draftVersion: arenaDrawing() } })
  const chartKey = String(chart.body['chartKey'])
  await call(url, `/charts/${chartKey}/publish`, { body: {} })
  const event = await call(url, '/events', { body: { chartKey, eventKey: 'hall' } })
  expect(event.status, JSON.stringify(event.body)).toBe(201)
}

/** Reads the whole table behind a running product. */
async function tableOf(url: string): Promise<() => Promise<Record<string, unknown>[]>> {
  const product = await findProduct(Number(new URL(url).port))
  if (product === undefined) throw new Error('The product left no note')
  const { environment, tableName: TableName } = product
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      region: environment['AWS_REGION'] ?? '',
      credentials: {
        accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    }),
  )
  return async () => {
    const items: Record<string, unknown>[] = []
    let ExclusiveStartKey: Record<string, unknown> | undefined
    do {
      const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey }))
      items.push(...(page.Items ?? []))
      ExclusiveStartKey = page.LastEvaluatedKey
    } while (ExclusiveStartKey !== undefined)
    return items
  }
}

const isLocked = (item: Record<string, unknown>) => item['lk'] !== undefined
const isOpen = (item: Record<string, unknown>) =>
  isLocked(item) || item['pk'] === 'R' || (item['sk'] === 'O' && item['fin'] === undefined)

test('a product killed amid large commits ends them by itself after a restart, each whole or not at all', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const first = startProduct(['--data', folder])
  const url = await urlOf(first)
  await makeEvent(url)
  const path = '/events/hall/seats/hold'
  const scan = await tableOf(url)
  const holding = buyers.map((body) =>
    call(url, path, { body, key: body.holdToken }).catch(() => null),
  )
  while (!(await scan()).some(isLocked));
  first.process.kill('SIGKILL')
  await first.ended
  await Promise.all(holding)

  const second = startProduct(['--data', folder], {
    env: { NODE_OPTIONS: `--import ${hasty(HASTE)}` },
  })
  const rescan = await tableOf(await urlOf(second))
  const start = performance.now()
  let items = await rescan()
  while (items.some(isOpen)) {
    expect(performance.now() - start).toBeLessThan(RECOVERED_MS_MAX)
    items = await rescan()
  }
  for (const { holdToken } of buyers) {
    const held = items.filter(({ pk, t }) => String(pk).startsWith('S#') && t === holdToken)
    expect([0, SEATS_EACH]).toContain(held.length)
  }
  second.process.kill('SIGKILL')
  await second.ended

  // At its own pace: in haste, a deadline is over before so many seats are locked.
  const last = await urlOf(startProduct(['--data', folder]))
  for (const body of buyers) {
    const answer = await call(last, path, { body, key: body.holdToken })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  const status = await call(last, '/events/hall/status')
  expect(status.body['objects']).toHaveLength(SEATS_EACH * BUYERS)
}, 60_000)
