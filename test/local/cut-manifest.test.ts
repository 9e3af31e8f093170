import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataFolder } from '../../local/data/data-folder.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TableName = 'seats'

/** A folder whose manifest tells of tables that earlier runs left behind. */
async function servedFolder(): Promise<string> {
  const path = join(await temporaryFolder(), 'data')
  const folder = await openDataFolder(path)
  for (let run = 0; run < 3; run += 1) {
    const engine = await createEngine({ path: folder.databasePath })
    await engine.call('DynamoDB_20120810.CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    })
    await engine.call('DynamoDB_20120810.PutItem', { TableName, Item: { pk: { S: `run ${run}` } } })
    await engine.close()
  }
  await folder.markReady()
  return path
}

test('a manifest that is cut off anywhere is named with its folder, and nothing is changed', async () => {
  const path = await servedFolder()
  await openDataFolder(path)
  const names = await readdir(join(path, 'db'))
  const manifest = join(path, 'db', names.find((name) => name.startsWith('MANIFEST-')) ?? '')
  const bytes = await readFile(manifest)
  for (let length = 0; length < bytes.length; length += 1) {
    await writeFile(manifest, bytes.subarray(0, length))
    const told = await openDataFolder(path).catch((error: unknown) => String(error))
    expect([length, told]).toEqual([
      length,
      expect.stringMatching(
        /data is damaged \(db\/MANIFEST-\d+: it is (empty|cut off)\)\. Nothing in it was changed/,
      ),
    ])
  }
  expect(await readdir(join(path, 'db'))).toEqual(names)
  expect(await readFile(manifest)).toEqual(bytes.subarray(0, -1))
})

test('a folder where none can be made is refused, and nobody waits for it', async () => {
  await expect(openDataFolder('/proc/x')).rejects.toThrow(
    'The data folder /proc/x cannot be made: its disk may be read-only. Name another one with --data.',
  )
})
