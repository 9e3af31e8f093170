import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DataFolderError, openDataFolder } from '../../local/data/data-folder.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { embedMessaging } from '../../local/sources/embed-messaging.ts'
import { makeQueue } from '@holdfast/sqs/testing'
import { temporaryFolder } from '../support/temporary-folder.ts'

const listeners = { tell: () => undefined, onUndelivered: () => undefined }

/** A folder that was served from, with a table and, unless it is an old one, a queue with a message. */
async function servedFolder({ hasMessages }: { hasMessages: boolean }): Promise<string> {
  const path = join(await temporaryFolder(), 'data')
  const folder = await openDataFolder(path)
  const table = await createEngine({ path: folder.databasePath })
  if (hasMessages) {
    const messaging = await embedMessaging(folder, listeners)
    const queues = new SQSClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      endpoint: messaging.url,
      requestHandler: messaging.requestHandler,
    })
    const QueueUrl = await makeQueue({ queues }, 'jobs')
    await queues.send(new SendMessageCommand({ QueueUrl, MessageBody: 'job' }))
    await messaging.close()
  }
  await table.close()
  await folder.markReady()
  return path
}

async function refusalOf(path: string): Promise<string> {
  const error: unknown = await openDataFolder(path).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DataFolderError)
  return (error as Error).message
}

test('a folder whose messages are lost or changed is refused, and says so', async () => {
  const path = await servedFolder({ hasMessages: true })
  await openDataFolder(path)
  const messages = join(path, 'messages')
  const log = (await readdir(messages)).find((name) => name.endsWith('.log')) ?? ''
  const bytes = await readFile(join(messages, log))
  const flipped = Buffer.from(bytes)
  flipped.writeUInt8(flipped.readUInt8(40) ^ 1, 40)
  await writeFile(join(messages, log), flipped)
  expect(await refusalOf(path)).toContain(`is damaged (messages/${log}: `)
  await writeFile(join(messages, log), bytes)
  await openDataFolder(path)
  await rm(messages, { recursive: true })
  expect(await refusalOf(path)).toContain('is damaged (messages/CURRENT: it is missing)')
})

test('a folder from before there were messages gets them, and from then on they must be there', async () => {
  const path = await servedFolder({ hasMessages: false })
  const folder = await openDataFolder(path)
  const messaging = await embedMessaging(folder, listeners)
  await messaging.close()
  await folder.markReady()
  await openDataFolder(path)
  await rm(join(path, 'messages'), { recursive: true })
  expect(await refusalOf(path)).toContain('messages/CURRENT')
})

test('messages that another process has open are left alone', async () => {
  const folder = await openDataFolder(await servedFolder({ hasMessages: true }))
  const first = await embedMessaging(folder, listeners)
  onTestFinished(() => first.close())
  await expect(embedMessaging(folder, listeners)).rejects.toThrow(/is in use by another Holdfast/)
})
