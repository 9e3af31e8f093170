import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataFolder } from '../../local/data/data-folder.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { openRootSecrets } from '../../local/data/root-secrets.ts'
import { movedClock } from '../support/moved-clock.ts'
import { seededIds } from '../support/seeded-ids.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ids = seededIds(movedClock())
const files = ['master-secret', 'signing-secret']

async function newFolder() {
  return openDataFolder(join(await temporaryFolder(), 'data'))
}

test('secrets stay with the data, each its own, and only their owner may read them', async () => {
  const folder = await newFolder()
  const secrets = await openRootSecrets(folder, ids)
  expect(secrets.keys).not.toBe(secrets.webhooks)
  expect(await openRootSecrets(folder, ids)).toEqual(secrets)
  for (const [index, file] of files.entries()) {
    const path = join(folder.path, file)
    expect(await readFile(path, 'utf8')).toBe([secrets.keys, secrets.webhooks][index])
    expect((await stat(path)).mode & 0o077).toBe(0)
  }
})

test('in memory each start has its own', async () => {
  const [one, two] = [await openRootSecrets(undefined, ids), await openRootSecrets(undefined, ids)]
  expect(new Set([one.keys, one.webhooks, two.keys, two.webhooks]).size).toBe(4)
})

test('a folder that was in use and lost a secret is damaged, and no new one is made up', async () => {
  for (const file of files) {
    const folder = await newFolder()
    await openRootSecrets(folder, ids)
    const used = { ...folder, isNew: false, hadSigningSecret: true }
    await writeFile(join(folder.path, file), '')
    const message = new RegExp(`damaged \\(${file}`)
    await expect(openRootSecrets(used, ids)).rejects.toThrow(message)
    await rm(join(folder.path, file))
    await expect(openRootSecrets(used, ids)).rejects.toThrow(message)
    await expect(stat(join(folder.path, file))).rejects.toThrow('ENOENT')
  }
})

test('a folder that is older than the signing secret goes on signing with its master secret', async () => {
  const path = join(await temporaryFolder(), 'data')
  const made = await openDataFolder(path)
  const before = ids.hex(64)
  await writeFile(join(path, 'master-secret'), before)
  const table = await createEngine({ path: made.databasePath })
  await table.close()
  await made.markReady()

  const older = await openDataFolder(path)
  const secrets = { keys: before, webhooks: before }
  expect(await openRootSecrets(older, ids)).toEqual(secrets)
  await older.markReady()

  const now = await openDataFolder(path)
  expect(await openRootSecrets(now, ids)).toEqual(secrets)
  await rm(join(path, 'signing-secret'))
  await expect(openRootSecrets(now, ids)).rejects.toThrow(/damaged \(signing-secret/)
})

test.each([
  ['cut off', (secret: string) => secret.slice(0, 63)],
  ['longer', (secret: string) => `${secret}0`],
  ['all zeros', () => '0'.repeat(64)],
  ['all NULs', () => '\0'.repeat(64)],
  ['garbage', () => 'garbage '.repeat(8)],
  ['a line', (secret: string) => `${secret}\n`],
])('a secret that is %s is damaged, and stays as it is', async (_, damage) => {
  for (const file of files) {
    const folder = await newFolder()
    const path = join(folder.path, file)
    const { keys } = await openRootSecrets(folder, ids)
    const bad = damage(keys)
    await writeFile(path, bad)
    for (const isNew of [true, false]) {
      await expect(
        openRootSecrets({ ...folder, isNew, hadSigningSecret: true }, ids),
      ).rejects.toThrow(new RegExp(`damaged \\(${file} is garbled\\)\\. Nothing in it was changed`))
    }
    expect(await readFile(path, 'utf8')).toBe(bad)
  }
})
