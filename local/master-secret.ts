import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ids } from '../lib/ids.ts'
import { damaged, explain, type DataFolder } from './data-folder.ts'
import { replaceFile } from './replace-file.ts'

const FILE = 'master-secret'
const LENGTH = 64

/**
 * The secret that keys are derived from: kept beside the data, or made up for as long as data lives in memory. Refuses a
 * folder that was in use and lost it: with another one, keys would not be what they were.
 */
export async function openMasterSecret(folder: DataFolder | undefined, ids: Ids): Promise<string> {
  if (folder === undefined) return ids.hex(LENGTH)
  const path = join(folder.path, FILE)
  const kept = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw explain(folder.path, error)
  })
  if (kept !== '') return kept
  if (!folder.isNew) {
    throw damaged(folder.path, `${FILE} is missing or empty`)
  }
  const secret = ids.hex(LENGTH)
  await replaceFile(path, secret, 0o600)
  return secret
}
