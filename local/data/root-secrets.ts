import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ids } from '../../lib/ids.ts'
import type { RootSecrets } from '../../lib/secrets.ts'
import { damaged, explain, MASTER_FILE, SIGNING_FILE, type DataFolder } from './data-folder.ts'
import { replaceFile } from './replace-file.ts'

const LENGTH = 64
/** What was made up here: sixteen possible characters, so many of them. */
const IS_SECRET = /^[0-9a-f]{64}$/

/**
 * What keys and the secrets of webhooks are derived from: kept beside the data, or made up for as long as data lives in memory.
 * Refuses a folder that was in use and lost one, or has it damaged: with another one, keys and signatures would not be what they were. A folder that is older than
 * the signing secret goes on signing with what it signed with.
 */
export async function openRootSecrets(
  folder: DataFolder | undefined,
  ids: Ids,
): Promise<Required<RootSecrets>> {
  const makeUp = () => ids.hex(LENGTH)
  if (folder === undefined) return { keys: makeUp(), webhooks: makeUp() }
  const { isNew, hadSigningSecret } = folder
  const keys = await open(folder, MASTER_FILE, isNew ? makeUp : undefined)
  const signedBefore = isNew || hadSigningSecret ? undefined : () => keys
  const webhooks = await open(folder, SIGNING_FILE, isNew ? makeUp : signedBefore)
  return { keys, webhooks }
}

/** Reads a secret, or makes it where there may be none yet. */
async function open(
  folder: DataFolder,
  file: string,
  make: (() => string) | undefined,
): Promise<string> {
  const path = join(folder.path, file)
  const kept = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw explain(folder.path, error)
  })
  if (IS_SECRET.test(kept) && !/^0*$/.test(kept)) return kept
  if (kept !== '') throw damaged(folder.path, `${file} is garbled`)
  if (make === undefined) throw damaged(folder.path, `${file} is missing or empty`)
  const secret = make()
  await replaceFile(path, secret, 0o600)
  return secret
}
