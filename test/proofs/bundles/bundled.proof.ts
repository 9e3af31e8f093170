import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type { DynamoDBRecord } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildHoldfast, type Build } from '../../../infra/build.ts'
import { BUNDLE_BYTES_MAX } from '../../../infra/bundle.ts'
import type { Needs } from '../../../infra/needs.ts'
import { instant } from '../../../lib/clock.ts'
import { secretVariables } from '../../../lib/fetch-secret.ts'
import { timerFor } from '../../../lib/afterwards/hold-timers.ts'
import { busVariables } from '../../../lib/open-bus.ts'
import { callBundle, openCloud, type Cloud, type Seen } from '../../support/infra/bundled.ts'
import { testKeys } from '../../support/holdfast.ts'
import { bookedNotice } from '../../support/notices.ts'
import { openScene, TOKEN, type Scene } from '../../support/scene.ts'
import { getEvent } from '../../../lib/store/events/events.ts'

/** An import that takes longer has something in it that does not belong there; some 60 ms on a machine that is idle. */
const IMPORT_MS_MAX = 3_000

/** Processes at a time. */
const PROCESSES = 2

let build: Build
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-bundled-'))
  build = await buildHoldfast(folder)
}, 180_000)

afterAll(() => rm(folder, { recursive: true }))

/** The variables that the stack gives a function, as `stacks.test.ts` sees them in the template, with their values here. */
function environmentFor({ ofLambda, values }: Cloud, { bus, secret }: Needs) {
  const named = [
    'HOLDFAST_TABLE',
    'HOLDFAST_STAGE',
    ...(bus ? Object.values(busVariables) : []),
    ...(secret === undefined ? [] : [secretVariables[secret]]),
  ]
  return { ...ofLambda, ...Object.fromEntries(named.map((name) => [name, values[name] ?? ''])) }
}

/** An event as API Gateway sends it; a basic or plain key goes into both headers, of which each surface reads its own. */
function proxyEvent(method: string, path: string, given: { key?: string; body?: unknown } = {}) {
  const { key, body } = given
  const basic = key && `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  const headers = key === undefined ? {} : { 'X-Api-Key': key, Authorization: basic }
  return {
    resource: path,
    path,
    httpMethod: method === 'ANY' ? 'GET' : method,
    headers,
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { requestId: 'r1', stage: 'api', identity: { sourceIp: '127.0.0.1' } },
    body: body === undefined ? null : Buffer.from(JSON.stringify(body)).toString('base64'),
    isBase64Encoded: body !== undefined,
  }
}

describe('each bundled function, alone with the environment of its stack', () => {
  test('that serves an endpoint refuses nobody and strangers, answers a caller, and is small and quick to start', async () => {
    const scene = await openScene()
    const cloud = await openCloud(scene)
    const keyOf = { 'admin-key': testKeys.admin, system: undefined } as const
    const inTurn = pLimit(PROCESSES)
    const seen = await Promise.all(
      build.endpoints.map((entry) =>
        inTurn(async (): Promise<[typeof entry, Seen]> => {
          const { endpoint, bundle, needs } = entry
          const path = endpoint.path
            .replace('{eventKey}', scene.eventKey)
            .replace('{chartKey}', scene.chartKey)
            .replace(/\{\w+\+?\}/g, 'x')
          const key =
            endpoint.access in keyOf
              ? keyOf[endpoint.access as keyof typeof keyOf]
              : testKeys.secret
          const events = [
            proxyEvent(endpoint.method, path),
            proxyEvent(endpoint.method, path, { key: 'sk_test_nobody', body: {} }),
            proxyEvent(endpoint.method, path, key === undefined ? {} : { key }),
          ]
          return [entry, await callBundle(bundle.folder, environmentFor(cloud, needs), events)]
        }),
      ),
    )
    await cloud.close()
    for (const [{ endpoint, bundle }, { results, importMs, output }] of seen) {
      const statuses = results.map(({ statusCode }) => statusCode)
      const [none, stranger, caller] = statuses
      const isClosed = endpoint.access !== 'anyone' && endpoint.access !== 'system'
      if (isClosed) expect([bundle.name, none, stranger]).toEqual([bundle.name, 401, 401])
      expect(caller, `${bundle.name}: ${output}`).toBeLessThan(500)
      if (isClosed) expect([401, 403], bundle.name).not.toContain(caller)
      expect(bundle.bytes, bundle.name).toBeLessThan(BUNDLE_BYTES_MAX)
      expect(importMs, bundle.name).toBeLessThan(IMPORT_MS_MAX)
      expect(output.split('\n').filter((line) => line !== '')).toHaveLength(events)
    }
  }, 300_000)

  test('that works off the stream, a queue or a timer does so, and answers what must come again', async () => {
    const scene = await openScene()
    const cloud = await openCloud(scene)
    const events = await eventsFor(scene)
    expect(Object.keys(events).sort()).toEqual(build.workers.map(({ name }) => name).sort())
    for (const { name, bundle, needs } of build.workers) {
      const wanted = events[name]
      const seen = await callBundle(bundle.folder, environmentFor(cloud, needs), [wanted?.event])
      expect([name, seen.results, seen.output]).toEqual([name, [wanted?.result], expect.anything()])
      expect(seen.output, name).not.toContain('"error"')
    }
    await cloud.close()
  }, 120_000)

  test('does not start without a variable, and names it', async () => {
    const missing = async (name: string, env: Record<string, string>) => {
      const bundle = [...build.endpoints, ...build.workers].find(
        (it) => it.bundle.name === name,
      )?.bundle
      await expect(callBundle(bundle?.folder ?? '', env, [])).rejects.toThrow(
        'Missing environment variable',
      )
      return callBundle(bundle?.folder ?? '', env, []).catch((error: unknown) => String(error))
    }
    expect(await missing('seatbuilder/hold-seats', {})).toContain('HOLDFAST_TABLE')
    expect(await missing('seatsio/create-workspace', {})).toContain('HOLDFAST_MASTER_SECRET_ARN')
    expect(await missing('workers/deliver-webhook', {})).toContain('HOLDFAST_SIGNING_SECRET_ARN')
    expect(
      await missing('workers/relay-changes', { HOLDFAST_TABLE: 't', AWS_REGION: 'us-east-1' }),
    ).toContain(busVariables.bus)
  }, 60_000)
})

/** Each event leaves one line. */
const events = 3

/** What each worker is called with, and what it is to answer. */
async function eventsFor(
  scene: Scene,
): Promise<Record<string, { event: unknown; result: unknown }>> {
  const until = instant(scene.clock.now() + 900_000)
  const head = await getEvent(scene.runtime.store, 'one', scene.eventKey)
  if (head === undefined) throw new Error('The event is gone')
  const { eventId, shards } = head
  const hold = {
    workspaceId: 'one',
    holdToken: TOKEN,
    event: { eventId, shards },
    labels: ['A-1'],
    until,
  }
  const records = [
    {
      eventID: '1',
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: {
        SequenceNumber: '1',
        Keys: { pk: { S: `T#one#${TOKEN}` }, sk: { S: `H#1#${eventId}` } },
        NewImage: {
          pk: { S: `T#one#${TOKEN}` },
          sk: { S: `H#1#${eventId}` },
          e: { S: eventId },
          sh: { N: String(shards) },
          l: { L: [{ S: 'A-1' }] },
          x: { N: String(until) },
        },
      },
    },
  ] satisfies DynamoDBRecord[]
  const message = (messageId: string, body: string) => ({
    Records: [{ messageId, body, receiptHandle: 'h', attributes: {}, messageAttributes: {} }],
  })
  return {
    'relay-changes': { event: { Records: records }, result: { batchItemFailures: [] } },
    'watch-table': { event: { Records: records }, result: { batchItemFailures: [] } },
    'expire-holds': {
      event: message('m1', timerFor(hold, scene.clock.now()).body),
      result: { batchItemFailures: [] },
    },
    'deliver-webhook': {
      event: message(
        'm1',
        JSON.stringify({
          endpoint: 'wh_1',
          notice: { detail: bookedNotice(1, scene.clock.now()) },
        }),
      ),
      result: { batchItemFailures: [] },
    },
    'recover-operations': { event: {}, result: {} },
    'reconcile-webhooks': { event: {}, result: {} },
  }
}
