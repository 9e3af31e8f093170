import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDataFolder } from '../../local/data-folder.ts'
import { openMasterSecret } from '../../local/master-secret.ts'
import { movedClock } from '../support/moved-clock.ts'
import { seededIds } from '../support/seeded-ids.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ids = seededIds(movedClock())

test('the master secret stays with the data, and only its owner may read it', async () => {
  const folder = await openDataFolder(join(await temporaryFolder(), 'data'))
  const secret = await openMasterSecret(folder, ids)
  expect(secret).toHaveLength(64)
  expect(await openMasterSecret(folder, ids)).toBe(secret)
  const path = join(folder.path, 'master-secret')
  expect(await readFile(path, 'utf8')).toBe(secret)
  expect((await stat(path)).mode & 0o077).toBe(0)
})

test('in memory each start has its own', async () => {
  expect(await openMasterSecret(undefined, ids)).not.toBe(await openMasterSecret(undefined, ids))
})

test('a folder that was in use and lost its secret is damaged, and no new one is made up', async () => {
  const path = join(await temporaryFolder(), 'data')
  const folder = await openDataFolder(path)
  await openMasterSecret(folder, ids)
  const used = { ...folder, isNew: false }
  await writeFile(join(path, 'master-secret'), '')
  await expect(openMasterSecret(used, ids)).rejects.toThrow(/damaged \(master-secret/)
  await rm(join(path, 'master-secret'))
  await expect(openMasterSecret(used, ids)).rejects.toThrow(/damaged \(master-secret/)
  await expect(stat(join(path, 'master-secret'))).rejects.toThrow('ENOENT')
})
