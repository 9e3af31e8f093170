import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { instant } from '../../lib/clock.ts'
import { keys } from '../../lib/store/table/table.ts'
import { readAdminOptions } from '../../commands/admin-options.ts'
import { openCloud } from '../support/infra/bundled.ts'
import { openHoldfast } from '../support/holdfast.ts'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { findAdministrator, findCaller } from '../../lib/store/companies/callers.ts'

const run = promisify(execFile)
const program = fileURLToPath(new URL('../../commands/admin.ts', import.meta.url))

/** A deployed stage called `test`, and the command as its owner runs it. */
async function openStage() {
  const holdfast = await openHoldfast()
  const cloud = await openCloud(holdfast)
  onTestFinished(() => cloud.close())
  const client = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: cloud.ofLambda['AWS_ENDPOINT_URL_SQS'] ?? '',
  }
  const queues = new SQSClient(client)
  for (const name of ['timers', 'deliveries', 'dead-letters', 'failures']) {
    await queues.send(new CreateQueueCommand({ QueueName: `holdfast-test-${name}` }))
  }
  await new EventBridgeClient(client).send(new CreateEventBusCommand({ Name: 'holdfast-test' }))
  const { PATH = '', HOME = '' } = process.env
  const admin = async (...args: string[]) => {
    const command = ['--import', 'tsx', program, ...args, '--stage', 'test']
    const { stdout } = await run(process.execPath, command, {
      env: { PATH, HOME, ...cloud.ofLambda },
    })
    return stdout.trimEnd().split('\n')
  }
  return { ...holdfast, admin }
}

test('a company gets its first admin key and the keys of its workspaces, printed once, and they open the stage', async () => {
  const { admin, runtime } = await openStage()
  const lines = await admin('company', 'Acme Tickets')
  const keyOf = (kind: string) =>
    new RegExp(`^ +${kind} +(\\S+)$`, 'm').exec(lines.join('\n'))?.[1] ?? ''
  expect(await findAdministrator(runtime.store, keyOf('admin'))).toMatchObject({ status: 'found' })
  expect(
    await findCaller(runtime.store, { key: keyOf('secret'), workspaceKey: undefined }),
  ).toMatchObject({
    status: 'found',
    caller: { kind: 'secret' },
  })
  expect(lines.at(-1)).toBe('The keys are printed this once.')
})

test('a key is created in a workspace and taken off file', async () => {
  const { admin, runtime } = await openStage()
  const [key = '', told = ''] = await admin('create', '--workspace', 'one', '--kind', 'publishable')
  const [, keyId = ''] = /Its id is (\S+)\./.exec(told) ?? []
  expect(await findCaller(runtime.store, { key, workspaceKey: undefined })).toMatchObject({
    status: 'found',
  })
  await admin('revoke', keyId, '--workspace', 'one')
  expect(await findCaller(runtime.store, { key, workspaceKey: undefined })).toMatchObject({
    status: 'unknown',
  })
})

test('rules are compared with webhooks, and large commits that are stuck are listed', async () => {
  const { admin, port } = await openStage()
  expect(await admin('reconcile', '--dry-run')).toEqual(['Every rule is what its webhook says.'])
  expect(await admin('stuck')).toEqual(['Nothing is stuck.'])
  const due = instant(Date.now() - 60_000)
  const Item = { ...keys.recovery(due, 'op1'), op: 'op1' }
  await port.reader.send(new PutCommand({ TableName: port.tableName, Item }))
  const [line = ''] = await admin('stuck')
  expect(line).toMatch(/^op1 {2}due since \S+ {2}missing$/)
})

test.each<[string[], RegExp]>([
  [['stuck'], /Name the stage/],
  [['list', '--stage', 'test'], /list needs --workspace/],
  [['revoke', '--stage', 'test', '--workspace', 'one'], /needs the id of a key/],
  [['create', '--stage', 'test', '--workspace', 'one'], /--kind secret or --kind publishable/],
  [['company', '--stage', 'test'], /company needs a name/],
  [['drop', '--stage', 'test'], /Unknown command drop/],
  [['stuck', '--force'], /Usage: npm run admin/],
])('the command line %j is refused with what to do', (args, message) => {
  expect(() => readAdminOptions(args)).toThrow(message)
})
