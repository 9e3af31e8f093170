import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file anew: whenever the process ends, or the machine, there is the whole old or the whole new one. */
export async function replaceFile(path: string, text: string, mode = 0o666): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', mode)
  try {
    await file.writeFile(text)
    // The name would otherwise reach the disk before the content does.
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncFolder(dirname(path))
}

/** Makes a new name in a folder last; where folders cannot be opened, the system does so by itself. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  try {
    await folder?.sync().catch(() => undefined)
  } finally {
    await folder?.close()
  }
}
