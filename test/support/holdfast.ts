import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { expect } from 'vitest'
import type { Context } from '../../lib/actions/context.ts'
import { runtimeOver, type Runtime } from '../../lib/open.ts'
import { openPort, type Port } from '../../lib/store/table/port.ts'
import { addApiKey, type ApiKeyKind } from '../../lib/store/companies/api-keys.ts'
import { createTable } from '../../local/data/create-table.ts'
import { createEngine, type Engine } from '@holdfast/dynamodb/engine'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { cleanUps } from './clean-ups.ts'
import { openMemoryMessaging, type MemoryMessaging } from './memory-messaging.ts'
import { recordCalls, type CallRecord } from './call-record.ts'
import { takeDenials } from './iam/guard.ts'
import { movedClock, type MovedClock } from './moved-clock.ts'
import { seededIds } from './seeded-ids.ts'
import { newSerial } from '../../lib/store/table/serials.ts'
import { createCompany } from '../../lib/store/companies/companies.ts'

/** Keys of the two workspaces that every test has. */
export const testKeys = {
  secret: 'sk_test_one_secret',
  publishable: 'pk_test_one_publishable',
  otherSecret: 'sk_test_two_secret',
  /** Of the company that both workspaces belong to. */
  admin: 'admin-key-of-both-workspaces',
} as const

/** What names the two workspaces in public; the first is the company's default. */
export const testWorkspaceKeys = {
  one: '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  two: '22222222-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
} as const

/** What the operator of the system presents. */
/** What keys and the secrets of webhooks are derived from here. */
export const ROOTS = { keys: 'master', webhooks: 'signing' }

export const SYSTEM_SECRET = 'secret-of-the-operator'

/** A whole Holdfast on an embedded table of its own, in process, under a clock that the test moves. */
export interface Holdfast {
  readonly clock: MovedClock
  readonly engine: Engine
  readonly port: Port
  /** The event bus and the queues. */
  readonly messaging: MemoryMessaging
  readonly runtime: Runtime
  /** Lines that the product logged. */
  readonly log: Record<string, unknown>[]
  /** Calls to DynamoDB since `calls.clear()`. */
  readonly calls: CallRecord
  /** Another process on the same table: nothing remembered. */
  readonly freshRuntime: () => Runtime
  /** What an action of that workspace gets. */
  readonly context: (workspaceId?: string) => Context
}

const TABLE = 'holdfast-test'

/** Opens one; it is closed after the test. */
export async function openHoldfast(): Promise<Holdfast> {
  const clock = movedClock()
  const engine = await createEngine({ clock })
  cleanUps.push(async () => {
    await engine.close()
    expect(takeDenials()).toEqual([])
  })
  const calls = recordCalls(inProcess(engine))
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: calls.handler,
  }
  await createTable(new DynamoDBClient(client), TABLE)
  const ids = seededIds(clock)
  const lines: Record<string, unknown>[] = []
  const log = (line: Record<string, unknown>) => lines.push(line)
  const port = openPort({ tableName: TABLE, client, clock, ids, log })
  const messaging = await openMemoryMessaging({ clock })
  const openBus = () => messaging.bus
  const freshRuntime = () =>
    runtimeOver(port, { roots: ROOTS, systemSecret: SYSTEM_SECRET, openBus })
  const runtime = freshRuntime()
  await putKeys(runtime)
  calls.clear()
  const context = (workspaceId = 'one'): Context => ({
    now: () => clock.now(),
    backOff: runtime.backOff,
    ids,
    store: runtime.store,
    caller: {
      keyId: `${workspaceId}-secret`,
      kind: 'secret',
      workspaceId,
      workspaceKey: testWorkspaceKeys[workspaceId === 'two' ? 'two' : 'one'],
      settings: { publishableMayBook: true },
      address: '127.0.0.1',
    },
  })
  return { clock, engine, port, messaging, runtime, log: lines, calls, freshRuntime, context }
}

async function putKeys({ store, clock }: Runtime): Promise<void> {
  const workspaces = (['one', 'two'] as const).map((workspaceId) => ({
    workspaceId,
    companyId: 'test',
    name: workspaceId,
    isTest: true,
    settings: { publishableMayBook: true },
    serial: newSerial(store),
    workspaceKey: testWorkspaceKeys[workspaceId],
    keyGeneration: 1,
  }))
  const workspaceIds = workspaces.map(({ workspaceId }) => workspaceId)
  const company = { companyId: 'test', name: 'Test', workspaceIds, createdAt: clock.now() }
  const record = { keyId: 'admin', kind: 'admin', companyId: 'test' } as const
  await createCompany(store, company, {
    workspaces,
    newKeys: [{ key: testKeys.admin, record }],
  })
  const put = (key: string, kind: ApiKeyKind, workspaceId: string) =>
    addApiKey(store, key, { keyId: `${workspaceId}-${kind}`, kind, workspaceId })
  await put(testKeys.secret, 'secret', 'one')
  await put(testKeys.publishable, 'publishable', 'one')
  await put(testKeys.otherSecret, 'secret', 'two')
}
