import { open, rename } from 'node:fs/promises'

/** Writes a file anew: whenever the process ends, there is the whole old or the whole new one. */
export async function replaceFile(path: string, text: string, mode = 0o666): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', mode)
  try {
    await file.writeFile(text)
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
